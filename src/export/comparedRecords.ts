import type { Compared, Comparison } from '../core/access/compare.ts';
import { createDoubts, mayHideMembers, type Shown } from '../core/access/readShown.ts';
import type { AccessResult, Way } from '../core/access/result.ts';
import { rightsOf } from '../core/access/ways.ts';
import { cancelled } from '../core/errors.ts';
import type { StoreReads } from '../core/store.ts';
import { createTurns } from '../core/turns/turns.ts';

/** One thing that one of two has, or both. */
export interface ComparedRecord {
  readonly difference: 'onlyFirst' | 'onlySecond' | 'differentRights' | 'same';
  readonly tenant: string;
  /** The group that is reached; of somebody who gets into both groups, null. */
  readonly group: string | null;
  readonly groupId: string | null;
  /** Who gets into one group or both; null where groups are compared that are reached. */
  readonly member: string | null;
  readonly email: string | null;
  readonly first: ComparedSide;
  readonly second: ComparedSide;
}

export interface ComparedSide {
  /** `notKnown`: not all that would tell is loaded. */
  readonly access: 'yes' | 'none' | 'notKnown';
  readonly rights: readonly string[];
  readonly paths: readonly (readonly string[])[];
}

/** How the access of two differs, thing by thing; nothing where only one is shown. */
export async function comparedRecords(
  reader: StoreReads,
  { results, reached, members }: Shown,
  signal: AbortSignal,
): Promise<readonly ComparedRecord[] | undefined> {
  const [one, other] = results;
  if (!one || !other || !reached) return undefined;
  const turns = createTurns();
  const doubts = createDoubts(reader);
  const records: ComparedRecord[] = [];
  const add = async <T extends Compared>(
    lists: Comparison<T>,
    mayHave: (item: T, result: AccessResult) => Promise<boolean>,
  ): Promise<void> => {
    for (const [list, difference] of differences) {
      for (const { one: first, other: second } of lists[list]) {
        const item = first ?? second;
        if (!item) continue;
        records.push({
          difference,
          ...placeOf(reader, item),
          first: first ? sideOf(first.ways) : await absence(mayHave(item, one)),
          second: second ? sideOf(second.ways) : await absence(mayHave(item, other)),
        });
        if (turns.isOver()) await turns.next();
        if (signal.aborted) throw cancelled();
      }
    }
  };
  if (members) await add(members, async (_, result) => mayHideMembers(result));
  await add(reached, doubts);
  return records;
}

const differences = [
  ['onlyOne', 'onlyFirst'],
  ['onlyOther', 'onlySecond'],
  ['differing', 'differentRights'],
  ['alike', 'same'],
] as const;

function placeOf(reader: StoreReads, item: Compared): Omit<ComparedRecord, 'difference' | 'first' | 'second'> {
  const tenant = reader.tenant(item.tenantId)?.name ?? item.tenantId;
  return 'memberId' in item
    ? { tenant, group: null, groupId: null, member: item.name, email: item.email ?? null }
    : { tenant, group: item.name, groupId: item.groupId, member: null, email: null };
}

function sideOf(ways: readonly Way[]): ComparedSide {
  return { access: 'yes', rights: rightsOf(ways), paths: ways.map(({ path }) => path) };
}

async function absence(isUncertain: Promise<boolean>): Promise<ComparedSide> {
  return { access: (await isUncertain) ? 'notKnown' : 'none', rights: [], paths: [] };
}
