import { isGuest, type Member } from './model.ts';

/** Which of a group's members are meant: those with one of the values of every part that is there. */
export interface MemberFilter {
  /** Access rights; an empty text stands for members without one. */
  readonly rights?: readonly string[];
  readonly principalTypes?: readonly string[];
  readonly guests?: true;
}

/** A filter with its name as it is shown, which may hold remote text. */
export interface ChosenFilter {
  readonly filter: MemberFilter;
  readonly name: string;
}

export function isMeant(member: Member, { rights, principalTypes, guests }: MemberFilter): boolean {
  const hasRight = rights?.includes(member.accessRight ?? '') ?? true;
  return hasRight && (principalTypes?.includes(member.principalType) ?? true) && (!guests || isGuest(member));
}

/** How many of a group's members have which right and which type, and how many are guests. */
export interface MemberFacets {
  readonly members: number;
  readonly rights: ReadonlyMap<string, number>;
  readonly principalTypes: ReadonlyMap<string, number>;
  readonly guests: number;
}
