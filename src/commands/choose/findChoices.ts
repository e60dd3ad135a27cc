import { knowledgeOf } from '../../core/access/readAccess.ts';
import type { GroupTarget } from '../../core/access/subject.ts';
import { principalIcon } from '../../core/principalIcon.ts';
import { tellsMemberOf } from '../../core/provider/memberOf.ts';
import { joinSame } from '../../core/samePerson.ts';
import type { FoundGroup, FoundPrincipal } from '../../core/store.ts';
import { emailIn } from '../../core/text/emailIn.ts';
import { foldText, sortKey } from '../../core/text/text.ts';
import type { Choice, SearchResult } from '../../core/ui.ts';
import { groupsWord } from '../../export/counts.ts';
import type { CommandDeps } from '../command.ts';
import { tenantGap } from './tenantGap.ts';

/**
 * What a search offers: somebody, by the keys of what is kept of them; a group; to read a tenant whole; or to ask services
 * for the holder of an e-mail address.
 */
export type Found =
  | { readonly principals: readonly number[] }
  | { readonly group: GroupTarget }
  | { readonly loadAll: string }
  | { readonly ask: string };

/** More would not be looked at. */
const mostShown = 100;

/** Who and what is found, the best first; then how much of each tenant is not known. */
export async function choicesOf(deps: CommandDeps, text: string): Promise<SearchResult<Found>> {
  const { reader, t } = deps;
  const principals: FoundPrincipal[] = [];
  const groups: FoundGroup[] = [];
  let isCut = false;
  for await (const finding of reader.find(text)) {
    principals.push(...(finding.principals ?? []));
    groups.push(...(finding.groups ?? []));
    isCut ||= finding.isCut === true;
  }
  const names = new Map(reader.tenants().map(({ id, name }) => [id, name]));
  const found = [
    ...joinSame(principals).map((same) => principalChoice(deps, same, names)),
    ...groups.map((group) => groupChoice(group, names)),
  ];
  const ranked = found
    .map((choice) => ({ choice, rank: `${rankOf(choice.label, text)} ${sortKey(choice.label)}` }))
    .sort((one, other) => (one.rank < other.rank ? -1 : 1))
    .map(({ choice }) => choice);
  const more = isCut || ranked.length > mostShown ? [t('There are more: type more of the name.')] : [];
  const none = text.trim() !== '' && ranked.length === 0 ? [t('Nobody and nothing of what is loaded.')] : [];
  return {
    choices: [...ranked.slice(0, mostShown), ...offers(deps, text, principals), ...gaps(deps)],
    remark: [...none, ...more].join(' '),
  };
}

/** Names that begin so come before those with a word that does, and these before all others. */
function rankOf(name: string, text: string): number {
  const folded = foldText(name);
  const wanted = foldText(text).trim();
  if (folded.startsWith(wanted)) return folded === wanted ? 0 : 1;
  return folded.includes(` ${wanted}`) ? 2 : 3;
}

function principalChoice(
  { t }: CommandDeps,
  same: readonly FoundPrincipal[],
  names: ReadonlyMap<string, string>,
): Choice<Found> {
  const [first] = same;
  const { name = '', email, principalType = '' } = first ?? {};
  const tenants = [...new Set(same.map(({ tenantId }) => names.get(tenantId) ?? tenantId))];
  const groups = same.reduce((sum, one) => sum + one.groups, 0);
  const count = groupsWord(t, groups);
  const isGuest = same.some((one) => one.isGuest);
  const marks = isGuest ? [t('Guest')] : [];
  return {
    label: name,
    description: [...(email === undefined || email === name ? [] : [email]), ...marks].join(' · '),
    detail: [tenants.join(', '), count].join(' · '),
    icon: principalIcon(principalType, isGuest),
    value: { principals: same.map(({ key }) => key) },
  };
}

function groupChoice({ tenantId, groupId, name }: FoundGroup, names: ReadonlyMap<string, string>): Choice<Found> {
  return {
    label: name,
    detail: names.get(tenantId) ?? tenantId,
    icon: 'folder',
    value: { group: { tenantId, groupId } },
  };
}

/** Whom nobody knows, a service may: asked for by e-mail, it tells their groups though these are not loaded. */
function offers(deps: CommandDeps, text: string, known: readonly FoundPrincipal[]): readonly Choice<Found>[] {
  const { reader, t } = deps;
  const email = emailIn(text);
  if (email === undefined || known.some((one) => one.email?.toLowerCase() === email.toLowerCase())) return [];
  const providers = new Map(deps.providers().map((provider) => [provider.id, provider]));
  const tenants = reader
    .tenants()
    .filter(
      (tenant) => tellsMemberOf(providers.get(tenant.provider), tenant) && !knowledgeOf(reader, tenant).isComplete,
    );
  const byService = Map.groupBy(tenants, ({ provider }) => providers.get(provider)?.label ?? provider);
  return [...byService].map(([service, its]) => ({
    label: t('Ask {0} for “{1}”', service, email),
    description: t('one request a tenant, as an administrator'),
    detail: its.map(({ name }) => name).join(', '),
    icon: 'cloud',
    value: { ask: email },
  }));
}

/** Tenants of which not all is known, each with the offer to read the rest. */
function gaps(deps: CommandDeps): readonly Choice<Found>[] {
  return deps.reader.tenants().flatMap((tenant) => {
    const gap = tenantGap(deps, tenant);
    if (gap === undefined) return [];
    const label = deps.t('Load the rest of “{0}”', tenant.name);
    return [{ label, description: gap, icon: 'cloud-download', value: { loadAll: tenant.id } }];
  });
}
