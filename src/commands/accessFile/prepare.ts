import type { Plan } from '../../core/changes/changes.ts';
import type { FileProblem, Span } from '../../core/editedFile.ts';
import type { TenantRecord } from '../../core/model.ts';
import { safeText } from '../../core/text/text.ts';
import { createTurns } from '../../core/turns/turns.ts';
import type { CommandDeps } from '../command.ts';
import { accessText } from './accessText.ts';
import { type ComparedGroup, compareGroup } from './compareGroup.ts';
import { type AccessFile, parseFile } from './parseFile.ts';
import { type KnownPeople, unknownPeople } from './people.ts';
import { inOrder, planProblems } from './planProblems.ts';
import { readGroups } from './readGroups.ts';
import { resolveGroups, resolveTenant, tenantWord } from './resolve.ts';

/** What an access file comes to, as things are now. Nothing is changed by it. */
export interface Prepared {
  /** Absent where the file does not name one that there is. */
  readonly tenant?: TenantRecord;
  /** In the file's order. An error: nothing of the file is applied. */
  readonly problems: readonly FileProblem[];
  readonly plan: Plan;
  /** The access to the file's groups, in the form of the file: now, and when the plan is carried out. */
  readonly before: string;
  readonly after: string;
}

interface PrepareOptions {
  /** Whether a group is to be read again, however fresh it is. */
  isNow(groupId: string): boolean;
  /** What is known of people; whom nobody knows is asked for, unless it is absent. */
  readonly people?: KnownPeople;
}

const nothing: Plan = { changes: [], unchanged: [], problems: [], risks: [], gaps: [] };

export function hasErrors({ problems }: Pick<Prepared, 'problems'>): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** Reads an access file and what it is about, and plans what is to be done. @throws AppError `cancelled` */
export async function prepare(
  deps: CommandDeps,
  text: string,
  options: PrepareOptions,
  signal: AbortSignal,
): Promise<Prepared> {
  const { reader, sync, t } = deps;
  const { file, problems: ofText } = await parseFile(text, t);
  const problems: FileProblem[] = [...ofText];
  const mark = (span: Span, severity: FileProblem['severity'], message: string) =>
    void problems.push({ span, severity, message });
  const tenant = file && resolveTenant(reader, file.tenant, mark, t);
  if (!tenant) return { problems: inOrder(problems), plan: nothing, before: '', after: '' };

  const changes = await sync.changes();
  const { groups, problems: ofGroups } = await knownGroups(deps, tenant, file, signal);
  problems.push(...ofGroups);
  const states = await readGroups(deps, changes, tenant.id, groups, options, signal);
  const compared: ComparedGroup[] = [];
  const turns = createTurns();
  for (const { group, groupId } of groups) {
    if (turns.isOver()) await turns.next();
    const state = states.get(groupId);
    if (state) compared.push(await compareGroup(group, state, t));
    else mark((group.id ?? group.name)?.span ?? file.tenant.span, 'error', t('There is no such group any more.'));
  }
  problems.push(...compared.flatMap((one) => one.problems));
  const wishes = compared.flatMap((one) => one.wishes);
  const plan = await changes.plan(
    wishes.map(({ wish }) => wish),
    signal,
    { isPreview: true },
  );
  problems.push(...planProblems(deps, plan, wishes, file, groups));
  if (options.people) problems.push(...(await unknownPeople(deps, changes, tenant.id, wishes, options.people, signal)));
  if (!tenant.allowsChanges && wishes.length > 0)
    mark(
      file.tenant.span,
      'warning',
      t('The tenant “{0}” is read-only: changes must be allowed before the file is applied.', safeText(tenant.name)),
    );
  const word = tenantWord(reader, tenant);
  return {
    tenant,
    problems: inOrder(problems),
    plan,
    before: await accessText(
      word,
      compared.map(({ before }) => before),
    ),
    after: await accessText(
      word,
      compared.map(({ after }) => after),
    ),
  };
}

/** The file's groups. Where the store does not know some, the service is asked for its groups once. */
async function knownGroups(deps: CommandDeps, tenant: TenantRecord, file: AccessFile, signal: AbortSignal) {
  const { reader, sync, t } = deps;
  const listing = { list: 'groups', tenantId: tenant.id } as const;
  const resolve = () => resolveGroups(reader, tenant, file, t);
  const isNew = reader.completeness(listing).state === 'notLoaded';
  // What could not be read is told by the state of the listing.
  const load = (refresh: boolean) => sync.load(listing, { refresh, signal }).catch(() => undefined);
  if (isNew) await load(false);
  const found = await resolve();
  if (isNew || !found.isLacking) return found;
  await load(true);
  signal.throwIfAborted();
  return resolve();
}
