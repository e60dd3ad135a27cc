import type { FindingRow } from '../../../core/findings/findings.ts';
import { createSplitMap } from '../splitMap.ts';

interface Administrator {
  readonly principal: number;
  /** The first group, and the one counted last: groups come one after the other. */
  readonly grp: number;
  last: number;
  count: number;
}

/** Counts the groups that each principal of a tenant administers. */
export function createAdministered(most: number) {
  const byWho = createSplitMap<string, Administrator>();
  /** As they were met. */
  const all: Administrator[] = [];
  return {
    add: ({
      who,
      principal,
      grp,
    }: {
      readonly who: string;
      readonly principal: number;
      readonly grp: number;
    }): void => {
      const known = byWho.get(who);
      if (!known) {
        const one = { principal, grp, last: grp, count: 1 };
        byWho.set(who, one);
        all.push(one);
      } else if (known.last !== grp) {
        known.last = grp;
        known.count++;
      }
    },
    /** Those with too many, the most first. */
    rows: (): readonly FindingRow[] =>
      all
        .filter(({ count }) => count > most)
        .sort((one, other) => other.count - one.count)
        .map(({ principal, grp, count }) => ({ finding: 'adminOfMany', grp, principal, dup: 0, count })),
  };
}
