/** What tells who somebody is, in whichever tenant. */
export interface Recognizable {
  readonly principalType: string;
  readonly objectId?: string;
  readonly email?: string;
}

/** Sets of those who are the same, while they come one by one. */
export interface SamePeople<T> {
  add(one: T): void;
  /** Each in the order of its first one. */
  sets(): Iterable<readonly T[]>;
}

/**
 * Joins those who are the same: by the id that all services know, else by the e-mail, its case folded. Of groups and
 * apps the id alone counts, for a mailbox may be shared.
 * @param ownMark a mark more, where rows are known to be of one person
 */
export function joinSamePeople<T extends Recognizable>(ownMark?: (one: T) => string): SamePeople<T> {
  const byMark = new Map<string, T[]>();
  const sets = new Map<T, T[]>();
  const allMarks = (one: T) => (ownMark ? [...marksOf(one), `k ${ownMark(one)}`] : marksOf(one));

  /** The smaller one moves: many rows of one person must not move over and over. */
  function merge(one: T[], other: T[]): T[] {
    const [large, small] = one.length >= other.length ? [one, other] : [other, one];
    for (const moved of small) {
      large.push(moved);
      sets.set(moved, large);
      for (const mark of allMarks(moved)) byMark.set(mark, large);
    }
    return large;
  }

  return {
    add: (one) => {
      const marks = allMarks(one);
      const others = new Set<T[]>();
      for (const mark of marks) {
        const other = byMark.get(mark);
        if (other) others.add(other);
      }
      let own: T[] = [];
      for (const other of others) own = own.length === 0 ? other : merge(own, other);
      own.push(one);
      sets.set(one, own);
      for (const mark of marks) byMark.set(mark, own);
    },
    *sets() {
      const told = new Set<readonly T[]>();
      for (const set of sets.values()) {
        if (told.has(set)) continue;
        told.add(set);
        yield set;
      }
    },
  };
}

/** See `joinSamePeople`. */
export function joinSame<T extends Recognizable>(all: readonly T[]): readonly (readonly T[])[] {
  const people = joinSamePeople<T>();
  for (const one of all) people.add(one);
  return [...people.sets()];
}

function marksOf({ principalType, objectId, email }: Recognizable): readonly string[] {
  const byEmail = email !== undefined && principalType === 'user' ? [`e ${email.toLowerCase()}`] : [];
  return objectId === undefined ? byEmail : [`o ${objectId}`, ...byEmail];
}
