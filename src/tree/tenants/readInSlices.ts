import type { ChosenFilter } from '../../core/memberFilter.ts';
import type { Member } from '../../core/model.ts';
import type { MemberKey } from '../../core/store.ts';
import type { Row } from '../row.ts';
import type { TreeContext } from './treeContext.ts';

/** Milliseconds in which VS Code should have asked for the rows: it passes over changes while it fetches rows. */
const againAfter = 600;

/** One reading of the members of a large group that its filter lets through. */
interface Reading {
  readonly chosen: ChosenFilter;
  /** The state of the listing that is read. */
  readonly state: string;
  readonly keys: MemberKey[];
  readonly end: Promise<void>;
  isDone: boolean;
  /** It is shown that they are still counted. */
  isTold: boolean;
  failure?: { readonly error: unknown };
}

export interface ReadInSlices {
  /** Begins to read unless that is read already. Resolves at its end, or when patience has ended. */
  ready(chosen: ChosenFilter): Promise<void>;
  /** The reading for the filter that is chosen now. */
  current(): unknown;
  /** Nothing as long as it is read. */
  total(): number | undefined;
  page(offset: number, limit: number): readonly Member[];
  /** Gives up the reading, and what it has brought. */
  stop(): void;
}

/** Loaded when the members of a large group are first filtered. @param owner the group's row, rendered again at the end */
export function createReadInSlices(context: TreeContext, owner: Row & { groupId: string }): ReadInSlices {
  const { reader, sync, patience } = context;
  const { tenantId, groupId } = owner;
  const listing = { list: 'members', tenantId, groupId } as const;
  let reading: Reading | undefined;
  let again: NodeJS.Timeout | undefined;

  const current = () => (reading?.chosen === context.memberFilter(tenantId, groupId) ? reading : undefined);

  function begin(chosen: ChosenFilter, state: string): Reading {
    const { promise: end, resolve } = Promise.withResolvers<void>();
    const mine: Reading = { chosen, state, keys: [], end, isDone: false, isTold: false };
    reading = mine;
    void read(mine).then(resolve);
    return mine;
  }

  async function read(mine: Reading): Promise<void> {
    try {
      for await (const keys of reader.memberKeys(tenantId, groupId, mine.chosen.filter)) {
        if (current() !== mine) {
          if (reading === mine) reading = undefined;
          return;
        }
        mine.keys.push(...keys);
      }
    } catch (error) {
      mine.failure = { error };
    }
    mine.isDone = true;
    tell(mine, 3);
  }

  function tell(mine: Reading, times: number): void {
    if (reading !== mine || !mine.isTold || times === 0) return;
    context.changed(owner);
    again = setTimeout(() => tell(mine, times - 1), againAfter);
  }

  function stop(): void {
    clearTimeout(again);
    reading = undefined;
  }

  return {
    ready: async (chosen) => {
      const state = JSON.stringify(reader.completeness(listing));
      let held = current();
      // While it loads, its end is waited for: else rows that come page by page would be counted over and over.
      if (!held || (held.state !== state && sync.completeness(listing).state !== 'loading')) {
        stop();
        held = begin(chosen, state);
      }
      if (!held.isDone) await atMost(patience, held.end);
      held.isTold = !held.isDone;
      if (!held.failure) return;
      // Told once; who looks again has it read again.
      if (reading === held) stop();
      throw held.failure.error;
    },
    current,
    total: () => (reading?.isDone ? reading.keys.length : undefined),
    page: (offset, limit) =>
      reading?.isDone ? reader.membersAt(tenantId, groupId, reading.keys.slice(offset, offset + limit)) : [],
    stop,
  };
}

async function atMost(milliseconds: number, end: Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([end, promise]);
  clearTimeout(timer);
}
