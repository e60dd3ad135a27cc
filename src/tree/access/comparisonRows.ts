import type { Compared, ComparedItem, Comparison } from '../../core/access/compare.ts';
import type { AccessResult } from '../../core/access/result.ts';
import { principalIcon } from '../../core/principalIcon.ts';
import type { Target } from '../../core/target.ts';
import { groupKindWord, principalKindWord } from '../../core/text/kindWords.ts';
import { safeText } from '../../core/text/text.ts';
import { joined } from '../descriptions.ts';
import type { AccessContext, AccessRow } from './accessRow.ts';
import { plainLook } from './look.ts';
import { iconOf } from './reachedRow.ts';
import { pathWords, rightWords, waysWords } from './wayWords.ts';

/** What is compared, and what is not known of either side. */
export interface ComparedLists<T extends Compared> {
  readonly id: string;
  /** Said behind the headings, where there is more than one list. */
  readonly what: string | undefined;
  /** What the two are called beside each other. */
  readonly names: Names;
  readonly results: readonly [AccessResult, AccessResult];
  readonly comparison: Comparison<T>;
  /** Whether the one who is not known to have it may have it nevertheless. */
  mayHave(item: T, result: AccessResult): Promise<boolean>;
}

type Names = readonly [string, string];

type Section = keyof Comparison<Compared>;

/** Four rows: what only one has, what only the other has, what both have with other rights, and what is alike. */
export function comparisonRows<T extends Compared>(
  context: AccessContext,
  lists: ComparedLists<T>,
): readonly AccessRow[] {
  const { t } = context.words;
  const [one, other] = lists.names;
  return [
    sectionRow(context, lists, 'onlyOne', t('Only {0}', one)),
    sectionRow(context, lists, 'onlyOther', t('Only {0}', other)),
    sectionRow(context, lists, 'differing', t('Both, with different rights')),
    sectionRow(context, lists, 'alike', t('Both, with the same rights')),
  ];
}

const icons: Readonly<Record<Section, string>> = {
  onlyOne: 'diff-removed',
  onlyOther: 'diff-added',
  differing: 'diff-modified',
  alike: 'check-all',
};

function sectionRow<T extends Compared>(
  context: AccessContext,
  lists: ComparedLists<T>,
  section: Section,
  title: string,
): AccessRow {
  const { t, number } = context.words;
  const items = lists.comparison[section];
  const row: AccessRow = context.row(undefined, `${lists.id}:${section}`, {
    isOpen: section !== 'alike',
    look: () =>
      plainLook(
        title,
        joined([items.length === 0 ? t('none') : number(items.length), lists.what]),
        icons[section],
        'accessSection',
      ),
    ...(items.length === 0
      ? {}
      : {
          children: async () => {
            const rows = context.page(row, items, (item) => itemRow(context, lists, row, item));
            for (const each of rows) await settled.get(each)?.();
            return rows;
          },
        }),
  });
  return row;
}

/** Of rows that tell what one has not: finds out whether that is certain. */
const settled = new WeakMap<AccessRow, () => Promise<void>>();

function itemRow<T extends Compared>(
  context: AccessContext,
  { results, names, mayHave }: ComparedLists<T>,
  parent: AccessRow,
  { one, other }: ComparedItem<T>,
): AccessRow {
  const { words, reader } = context;
  const { t } = words;
  const item = one ?? other;
  if (!item) throw new Error('Nothing is compared.');
  const [first, second] = results;
  // Until it is found out: an unknown is no "none".
  let isUncertain = true;
  const place = 'memberId' in item ? item.key : JSON.stringify([item.tenantId, item.groupId]);
  const row: AccessRow = context.row(parent, place, {
    ...targetOf(item),
    look: () => {
      const sides =
        one && other
          ? sidesOf(names, one, other)
          : [...waysWords(words, item.ways), absence(one ? names[1] : names[0])];
      const where = 'memberId' in item ? item.email : reader.tenant(item.tenantId)?.name;
      const description = joined([...sides, where === undefined ? undefined : safeText(where)]);
      const icon =
        'memberId' in item
          ? principalIcon(item.principalType, item.isGuest)
          : iconOf(context, item, reader.group(item.tenantId, item.groupId));
      const flags = flagsOf(item);
      const click = { command: 'tenantExplorer.showInTenants', title: t('Show in Tenants') };
      const kind =
        'memberId' in item
          ? principalKindWord(t, item.principalType, item.isGuest)
          : groupKindWord(t, reader.group(item.tenantId, item.groupId)?.kind ?? '');
      return plainLook(safeText(item.name), description, icon, flags, { click, kind });
    },
    ...(one && other ? { children: () => sideRows(context, row, names, one, other) } : {}),
  });
  const absence = (name: string) => (isUncertain ? t('{0}: not known', name) : t('{0}: none', name));
  const sidesOf = ([a, b]: Names, left: T, right: T): readonly string[] => {
    const [rights, others] = [rightWords(left.ways), rightWords(right.ways)];
    return rights === others ? [rights] : [`${a}: ${rights || t('member')}`, `${b}: ${others || t('member')}`];
  };
  if (!one || !other) {
    settled.set(row, async () => {
      isUncertain = await mayHave(item, one ? second : first);
    });
  }
  return row;
}

/** All ways of both, the one above the other. */
function sideRows<T extends Compared>(
  context: AccessContext,
  owner: AccessRow,
  [a, b]: Names,
  one: T,
  other: T,
): readonly AccessRow[] {
  const ways = [
    ...one.ways.map((way) => ({ side: 'one', name: a, way, target: targetOf(one) })),
    ...other.ways.map((way) => ({ side: 'other', name: b, way, target: targetOf(other) })),
  ];
  return context.page(owner, ways, ({ side, name, way, target }) =>
    context.row(owner, JSON.stringify([side, way.right ?? null, way.passed]), {
      ...target,
      look: () =>
        plainLook(name, joined([rightWords([way]), pathWords(context.words, way)]), 'arrow-right', 'accessWay'),
    }),
  );
}

function targetOf(item: Compared): Target {
  const { tenantId, groupId } = item;
  return 'memberId' in item ? { tenantId, groupId, memberId: item.memberId } : { tenantId, groupId };
}

function flagsOf(item: Compared): string {
  if (!('memberId' in item)) return 'accessGroup';
  return item.email === undefined ? 'accessMember' : 'accessMember email';
}
