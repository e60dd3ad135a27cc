import type { ReachedGroup, Way } from '../../core/access/result.ts';
import type { GroupWithMembers } from '../../core/store.ts';
import { groupKindWord } from '../../core/text/kindWords.ts';
import { safeText } from '../../core/text/text.ts';
import { joined, listingState } from '../descriptions.ts';
import { fact, listingFacts } from '../facts.ts';
import { groupIcon } from '../groupIcon.ts';
import type { AccessContext, AccessRow } from './accessRow.ts';
import { plainLook } from './look.ts';
import { pathWords, rightWords, waysWords } from './wayWords.ts';

const open = (title: string) => ({ click: { command: 'tenantExplorer.showInTenants', title } });

/**
 * A group that is reached; below it the ways, where there are several.
 * @param tenantAsOf the time that the tenant's row says: in the same words it is not said again
 */
export function reachedRow(
  context: AccessContext,
  parent: AccessRow,
  reached: ReachedGroup,
  tenantAsOf: string | undefined,
): AccessRow {
  const { words } = context;
  const { t } = words;
  const { tenantId, groupId, name, ways } = reached;
  const row: AccessRow = context.row(parent, groupId, {
    tenantId,
    groupId,
    look: () => {
      const group = context.reader.group(tenantId, groupId);
      const description = joined([...waysWords(words, ways), ageOf(context, group, tenantAsOf)]);
      const kind = groupKindWord(t, group?.kind ?? '');
      const more = { ...open(t('Show in Tenants')), kind };
      return plainLook(safeText(name), description, iconOf(context, reached, group), 'accessGroup', more);
    },
    facts: () => {
      const group = context.reader.group(tenantId, groupId);
      return [
        fact(t('Name'), name),
        fact(t('Tenant'), context.reader.tenant(tenantId)?.name ?? tenantId),
        ...ways.slice(0, 20).map((way) => fact(way.right ?? t('Member'), pathWords(words, way))),
        ...(group ? listingFacts(words, group.members) : []),
      ];
    },
    ...(ways.length < 2 ? {} : { children: () => wayRows(context, row, ways) }),
  });
  return row;
}

/** One row a way. */
export function wayRows(context: AccessContext, owner: AccessRow, ways: readonly Way[]): readonly AccessRow[] {
  const { tenantId, groupId, memberId } = owner;
  return context.page(owner, ways, (way) =>
    context.row(owner, JSON.stringify([way.right ?? null, way.passed]), {
      ...(tenantId === undefined ? {} : { tenantId }),
      ...(groupId === undefined ? {} : { groupId }),
      ...(memberId === undefined ? {} : { memberId }),
      look: () => {
        const icon = way.path.length === 0 ? 'arrow-right' : 'type-hierarchy-super';
        return plainLook(pathWords(context.words, way), rightWords([way]), icon, 'accessWay');
      },
    }),
  );
}

export function iconOf(
  { isAdmin, reader }: AccessContext,
  { tenantId, ways }: Pick<ReachedGroup, 'tenantId' | 'ways'>,
  group: GroupWithMembers | undefined,
): string {
  const provider = reader.tenant(tenantId)?.provider ?? '';
  return ways.some(({ right = '' }) => isAdmin(provider, right)) ? 'key' : groupIcon(group?.kind ?? '');
}

/** Of when the members of the group are, and what is wrong with them. */
function ageOf({ words }: AccessContext, group: GroupWithMembers | undefined, tenantAsOf: string | undefined): string {
  if (!group) return words.t('no longer there');
  const { members } = group;
  const said = tenantAsOf === undefined ? undefined : words.age(tenantAsOf);
  const age = members.asOf === undefined ? undefined : words.age(members.asOf);
  return joined([listingState(words, members), age === said ? undefined : age]);
}
