import type { Report, ReportPerson } from '../../core/report/report.ts';
import { safeText } from '../../core/text/text.ts';
import { mapInTurns } from '../../core/turns/mapInTurns.ts';
import type { Turns } from '../../core/turns/turns.ts';
import type { ReadGrants } from './readGrants.ts';
import type { Person } from './readPeople.ts';

/** Grants that a page holds; more of them nobody makes out, and they take long to order. */
export const mostGrants = 200_000;

type Counted = Pick<Report, 'people' | 'leftOut' | 'rights' | 'kinds'> & {
  readonly counts: Pick<Report['counts'], 'people' | 'guests' | 'admins' | 'grants'>;
  /** The places of `people` among all. */
  readonly kept: readonly number[];
};

/** Counts who has access, and keeps as many for the page as it can hold: groups, then those with the most. */
export async function countAccess(
  people: readonly Person[],
  { cells, rights }: ReadGrants,
  turns: Turns,
  most: number = mostGrants,
): Promise<Counted> {
  const grants = rights.map(() => ({ all: 0, guests: 0 }));
  const kinds = new Map<string, number>();
  const counts = { people: 0, guests: 0, admins: 0, grants: 0 };
  const having: number[] = [];
  for (const [place, { kind }] of people.entries()) {
    const own = cells[place] ?? [];
    if (own.length === 0) continue;
    having.push(place);
    const isGuest = kind === 'guest';
    let isAdmin = false;
    for (let i = 1; i < own.length; i += 2) {
      const right = own[i] ?? 0;
      const counted = grants[right];
      if (!counted) continue;
      counted.all++;
      if (isGuest) counted.guests++;
      isAdmin ||= rights[right]?.level === 'admin';
    }
    counts.people++;
    counts.grants += own.length / 2;
    if (isGuest) counts.guests++;
    if (isAdmin) counts.admins++;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    if (turns.isOver()) await turns.next();
  }
  const kept = counts.grants > most ? await groupsAndMost(people, having, cells, most, turns) : having;
  const sent = await mapInTurns(kept, (place) => toReportPerson(people[place], cells[place] ?? []), turns);
  const told = sent.reduce((sum, one) => sum + one.cells.length / 2, 0);
  return {
    counts,
    kept,
    people: sent,
    leftOut: { people: counts.people - sent.length, grants: counts.grants - told },
    rights: rights.map(({ name, level }, place) => ({
      name: safeText(name),
      level,
      grants: grants[place]?.all ?? 0,
      guestGrants: grants[place]?.guests ?? 0,
    })),
    kinds: [...kinds].map(([kind, number]) => ({ kind: safeText(kind), people: number })).sort(largerFirst),
  };
}

/** Groups first: what people get through one that is left out would be missing from their rows. */
async function groupsAndMost(
  people: readonly Person[],
  having: readonly number[],
  cells: ReadGrants['cells'],
  most: number,
  turns: Turns,
): Promise<readonly number[]> {
  const isGroup = (place: number) => people[place]?.kind === 'group';
  const groups = await withMost(having.filter(isGroup), cells, most, turns);
  const told = groups.reduce((sum, place) => sum + (cells[place]?.length ?? 0) / 2, 0);
  const others = having.filter((place) => !isGroup(place));
  return [...groups, ...(await withMost(others, cells, most - told, turns))];
}

/** By numbers of grants, not by comparing: there may be very many people. */
async function withMost(
  having: readonly number[],
  cells: ReadGrants['cells'],
  most: number,
  turns: Turns,
): Promise<readonly number[]> {
  const bySize: number[][] = [];
  for (const place of having) {
    const size = (cells[place]?.length ?? 0) / 2;
    const same = bySize[size];
    if (same) same.push(place);
    else bySize[size] = [place];
    if (turns.isOver()) await turns.next();
  }
  const kept: number[] = [];
  let room = most;
  for (const size of Object.keys(bySize).map(Number).reverse()) {
    const same = bySize[size]?.slice(0, Math.floor(room / size)) ?? [];
    for (const place of same) kept.push(place);
    room -= same.length * size;
  }
  return kept;
}

function toReportPerson(person: Person | undefined, cells: readonly number[]): ReportPerson {
  const { name = '', email = '', kind = 'unknown', is = [] } = person ?? {};
  const told = { name: safeText(name), email: safeText(email), kind: safeText(kind), cells };
  return is.length === 0 ? told : { ...told, is };
}

function largerFirst(one: { readonly people: number }, other: { readonly people: number }): number {
  return other.people - one.people;
}
