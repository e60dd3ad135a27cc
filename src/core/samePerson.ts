import { foldText } from './text.ts';

/** What tells who somebody is, in whichever tenant. */
export interface Recognizable {
  readonly principalType: string;
  readonly objectId?: string;
  readonly email?: string;
}

/**
 * Joins those who are the same: by the id that all services know, else by the e-mail, its case folded. Of groups and
 * apps the id alone counts, for a mailbox may be shared. Each in the order of its first one.
 */
export function joinSame<T extends Recognizable>(all: readonly T[]): readonly (readonly T[])[] {
  const byMark = new Map<string, T[]>();
  const sets = new Map<T, T[]>();
  for (const one of all) {
    let own: T[] = [one];
    for (const mark of marksOf(one)) {
      const other = byMark.get(mark);
      if (other && other !== own) {
        other.push(...own);
        own = other;
      }
    }
    for (const member of own) {
      sets.set(member, own);
      for (const mark of marksOf(member)) byMark.set(mark, own);
    }
  }
  return [...new Set(sets.values())];
}

function marksOf({ principalType, objectId, email }: Recognizable): readonly string[] {
  const byEmail = email !== undefined && principalType === 'user' ? [`e ${foldText(email)}`] : [];
  return objectId === undefined ? byEmail : [`o ${objectId}`, ...byEmail];
}
