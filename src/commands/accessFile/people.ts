import type { ChangePrincipal } from '../../core/changes/changes.ts';
import type { Changes } from '../../core/changes/pipeline.ts';
import type { FileProblem } from '../../core/editedFile.ts';
import { isSameDirectory } from '../../core/tenants/sameDirectory.ts';
import { emailIn } from '../../core/text/emailIn.ts';
import type { CommandDeps } from '../command.ts';
import type { FileWish } from './compareGroup.ts';

/** Each is a request: services allow only so many. */
const mostAsked = 200;

/** Why somebody is called unknown. */
type WhyUnknown = 'notInDirectory' | 'notAsked';

/** What was found out of people, so that nobody is asked for twice. */
export type KnownPeople = Map<string, WhyUnknown | undefined>;

/**
 * Who is to be added and is not known: to what is loaded, nor to the directory where one can be asked. That is a warning
 * at most, for only the service knows whom it takes.
 */
export async function unknownPeople(
  { reader, t }: CommandDeps,
  changes: Changes,
  tenantId: string,
  wishes: readonly FileWish[],
  known: KnownPeople,
  signal: AbortSignal,
): Promise<readonly FileProblem[]> {
  const added = wishes.filter(({ wish }) => wish.kind === 'addMember' && !wish.expected);
  // The file may name another tenant when it is saved again.
  const keyOf = (principal: ChangePrincipal) => JSON.stringify([tenantId, idOf(principal)]);
  const people = new Map<string, ChangePrincipal>();
  for (const { wish } of added) if (wish.principal) people.set(keyOf(wish.principal), wish.principal);
  const asked = [...people.values()].slice(0, mostAsked);
  await Promise.all(
    asked
      .filter((one) => !known.has(keyOf(one)))
      .map(async (one) => known.set(keyOf(one), await whyUnknown({ reader }, changes, tenantId, one, signal))),
  );
  const words: Readonly<Record<WhyUnknown, string>> = {
    notInDirectory: t('The directory of the tenant knows nobody by this address.'),
    notAsked: t(
      'Nobody is known by this address or id from what is loaded, and no directory could be asked: the service decides.',
    ),
  };
  const spanOf = ({ member, group }: FileWish) => (member?.identifier ?? group.id ?? group.name)?.span;
  const problems = added.flatMap((one): readonly FileProblem[] => {
    const what = one.wish.principal && known.get(keyOf(one.wish.principal));
    const span = spanOf(one);
    if (!what || !span) return [];
    return [{ span, severity: what === 'notAsked' ? 'info' : 'warning', message: words[what] }];
  });
  const first = added.find(({ wish }) => wish.principal && !known.has(keyOf(wish.principal)));
  const span = first && spanOf(first);
  if (!span) return problems;
  const message = t(
    'From here on nobody was looked up: {0} of the {1} who are to be added were, which is the most.',
    mostAsked,
    people.size,
  );
  return [...problems, { span, severity: 'info', message }];
}

/** Nothing where somebody is known. */
async function whyUnknown(
  { reader }: Pick<CommandDeps, 'reader'>,
  changes: Changes,
  tenantId: string,
  principal: ChangePrincipal,
  signal: AbortSignal,
): Promise<WhyUnknown | undefined> {
  const { identifier, principalType } = principal;
  const isCalled = (...ids: readonly (string | undefined)[]) =>
    ids.some((id) => id?.toLowerCase() === identifier.toLowerCase());
  if (principalType === 'group' && reader.groupOf(tenantId, { identifier, principalType })) return undefined;
  const tenant = reader.tenant(tenantId);
  const isNear = (id: string) => id === tenantId || isSameDirectory(reader.tenant(id), tenant);
  for await (const { principals = [] } of reader.find(identifier)) {
    signal.throwIfAborted();
    if (principals.some((one) => isNear(one.tenantId) && isCalled(one.email, one.objectId))) return undefined;
  }
  // Directories are searched by names and addresses, not by ids.
  const email = emailIn(identifier);
  if (principalType !== 'user' || email === undefined) return 'notAsked';
  const { principals, problem } = await changes.search(tenantId, email, signal);
  signal.throwIfAborted();
  if (principals.some((one) => isCalled(one.email, one.identifier))) return undefined;
  return problem === undefined ? 'notInDirectory' : 'notAsked';
}

function idOf({ identifier, principalType }: ChangePrincipal): string {
  return JSON.stringify([principalType, identifier.toLowerCase()]);
}
