import type { Details } from '../../core/model.ts';
import type { MemberRow } from '../../core/provider/rows.ts';
import { isAccessKey } from '../details.ts';

export interface Principal {
  readonly key: number;
  readonly id: string;
  /** How its sort key begins. */
  readonly sort: string;
}

/** Principals by the rows that showed them: the next group mostly shows the same people. */
export interface PrincipalMemory {
  find(tenant: number, row: MemberRow): Principal | undefined;
  add(tenant: number, row: MemberRow, principal: Principal): void;
  clear(): void;
}

interface Entry {
  readonly tenant: number;
  readonly row: MemberRow;
  readonly detailCount: number;
  /** Keys of `details` that may hold the access right. */
  readonly accessKeys: readonly string[];
  readonly principal: Principal;
}

type Generation = Map<string, Entry[]>;

/** Ids remembered in each of two generations; the older one is dropped when the younger is full. */
const maximumIds = 100_000;

/** Rows are compared, not made into texts or hashed: this is done for every membership of a tenant. */
export function createPrincipalMemory(): PrincipalMemory {
  let young: Generation = new Map();
  let old: Generation = new Map();

  function remember(id: string, entry: Entry): void {
    const entries = young.get(id);
    if (entries) {
      entries.push(entry);
      return;
    }
    if (young.size >= maximumIds) {
      old = young;
      young = new Map();
    }
    young.set(id, [entry]);
  }

  return {
    find: (tenant, row) => {
      const known = findShown(young.get(row.id), tenant, row);
      if (known) return known.principal;
      const former = findShown(old.get(row.id), tenant, row);
      if (former) remember(row.id, former);
      return former?.principal;
    },
    add: (tenant, row, principal) => {
      const keys = Object.keys(row.details ?? {});
      remember(row.id, { tenant, row, detailCount: keys.length, accessKeys: keys.filter(isAccessKey), principal });
    },
    clear: () => {
      young = new Map();
      old = new Map();
    },
  };
}

function findShown(entries: readonly Entry[] | undefined, tenant: number, row: MemberRow): Entry | undefined {
  if (entries) for (const entry of entries) if (shows(entry, tenant, row)) return entry;
  return undefined;
}

/** Whether a row shows the same principal, its access right aside. */
function shows({ tenant, row, detailCount, accessKeys }: Entry, otherTenant: number, other: MemberRow): boolean {
  return (
    tenant === otherTenant &&
    row.name === other.name &&
    row.email === other.email &&
    row.identifier === other.identifier &&
    row.principalType === other.principalType &&
    row.source === other.source &&
    row.isReference === other.isReference &&
    sameDetails(row, other, detailCount, accessKeys) &&
    tellRightAlike(row, other, accessKeys)
  );
}

function tellRightAlike(row: MemberRow, other: MemberRow, accessKeys: readonly string[]): boolean {
  for (const key of accessKeys) if (isRight(row, key) !== isRight(other, key)) return false;
  return true;
}

function sameDetails(row: MemberRow, other: MemberRow, count: number, accessKeys: readonly string[]): boolean {
  const details = row.details ?? noDetails;
  let seen = 0;
  for (const key in other.details) {
    seen++;
    const value = other.details[key];
    const known = details[key];
    if (value === known && value !== undefined) continue;
    if (accessKeys.includes(key) && isRight(row, key) && isRight(other, key)) continue;
    if (typeof value !== 'object' || typeof known !== 'object' || JSON.stringify(value) !== JSON.stringify(known))
      return false;
  }
  return seen === count;
}

const noDetails: Details = {};

/** Whether `details` tell the access right under this key, which is then no part of the principal. */
function isRight({ details, accessRight }: MemberRow, key: string): boolean {
  return accessRight !== undefined && details?.[key] === accessRight;
}
