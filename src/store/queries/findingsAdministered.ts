import type { FindingRow } from '../../core/findings.ts';

interface Administrator {
  readonly principal: number;
  /** The first group, and the one counted last: groups come one after the other. */
  readonly grp: number;
  last: number;
  count: number;
}

/** Counts the groups that each principal of a tenant administers. */
export function createAdministered(most: number) {
  const byWho = new Map<string, Administrator>();
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
      if (!known) byWho.set(who, { principal, grp, last: grp, count: 1 });
      else if (known.last !== grp) {
        known.last = grp;
        known.count++;
      }
    },
    /** Those with too many, the most first. */
    rows: (): readonly FindingRow[] =>
      [...byWho.values()]
        .filter(({ count }) => count > most)
        .sort((one, other) => other.count - one.count)
        .map(({ principal, grp, count }) => ({ finding: 'adminOfMany', grp, principal, dup: 0, count })),
  };
}
