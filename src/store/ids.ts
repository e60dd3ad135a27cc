/** A row of a page: the service's own id, and something that is equal for equal rows only. */
export interface IdentifiedRow {
  readonly original: string;
  readonly content: number | string;
}

interface Claim {
  readonly id: string;
  content: number | string;
}

/** The unique ids that a load gave away so far. */
export interface Claims {
  readonly byOriginal: Map<string, Claim[]>;
  readonly taken: Set<string>;
}

export interface Assignment {
  /** One id a row. */
  readonly ids: readonly string[];
  /** Remembers the ids, once the page is written. */
  commit(): void;
}

export function noClaims(): Claims {
  return { byOriginal: new Map(), taken: new Set() };
}

/**
 * Unique ids for a page's rows: the service's own id, `~2`, `~3` … for later rows of the page with the same one. A row
 * equal to one of an earlier page is that row; else one of the same id as on an earlier page takes that row's place.
 * Ids that the page itself brings come before those made here, as a service may send `a~2` beside two `a`.
 */
export function assignIds(rows: readonly IdentifiedRow[], claims: Claims): Assignment {
  const ids = new Array<string | undefined>(rows.length);
  const used = new Map<Claim, number | string>();
  const fresh = new Map<string, Claim[]>();
  const taken = new Set<string>();
  const isFree = (id: string): boolean => !claims.taken.has(id) && !taken.has(id);
  const give = (index: number, row: IdentifiedRow, id: string): void => {
    taken.add(id);
    ids[index] = id;
    const own = fresh.get(row.original);
    const claim = { id, content: row.content };
    if (own) own.push(claim);
    else fresh.set(row.original, [claim]);
  };
  const reuse = (matches: (claim: Claim, row: IdentifiedRow) => boolean): void => {
    if (claims.taken.size === 0) return;
    rows.forEach((row, index) => {
      if (ids[index] !== undefined) return;
      const claim = claims.byOriginal.get(row.original)?.find((known) => !used.has(known) && matches(known, row));
      if (!claim) return;
      used.set(claim, row.content);
      ids[index] = claim.id;
    });
  };

  reuse((claim, row) => claim.content === row.content);
  reuse(() => true);
  rows.forEach((row, index) => {
    if (ids[index] === undefined && isFree(row.original)) give(index, row, row.original);
  });
  const numbers = new Map<string, number>();
  rows.forEach((row, index) => {
    if (ids[index] !== undefined) return;
    let number = numbers.get(row.original) ?? 2;
    while (!isFree(`${row.original}~${number}`)) number++;
    give(index, row, `${row.original}~${number}`);
    numbers.set(row.original, number + 1);
  });

  return {
    ids: ids.map((id, index) => id ?? rows[index]?.original ?? ''),
    commit: () => {
      for (const [claim, content] of used) claim.content = content;
      for (const [original, own] of fresh) {
        const known = claims.byOriginal.get(original);
        if (known) known.push(...own);
        else claims.byOriginal.set(original, own);
      }
      for (const id of taken) claims.taken.add(id);
    },
  };
}

/** The number behind the `~` of an id that was made here; 0 for the service's own. */
export function duplicateNumber(id: string, original: string): number {
  return id === original ? 0 : Number(id.slice(original.length + 1));
}

/** The reverse of `duplicateNumber`. */
export function uniqueId(original: string, duplicate: number): string {
  return duplicate === 0 ? original : `${original}~${duplicate}`;
}

/** Every way in which a unique id may have come about. */
export function possibleOriginals(id: string): readonly { readonly original: string; readonly duplicate: number }[] {
  const match = /^(.*)~([1-9]\d*)$/s.exec(id);
  const own = { original: id, duplicate: 0 };
  return match ? [own, { original: match[1] ?? '', duplicate: Number(match[2]) }] : [own];
}
