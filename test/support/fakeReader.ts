import type { UnfinishedPlan } from '../../src/core/changes/changeLog.ts';
import type { LoggedChange } from '../../src/core/changes/changes.ts';
import { type ListingKey, listingId } from '../../src/core/listing.ts';
import type { MemberFilter } from '../../src/core/memberFilter.ts';
import { type Completeness, type Group, isGuest, type Member, type TenantRecord } from '../../src/core/model.ts';
import { noGroupId } from '../../src/core/noGroup.ts';
import { isGuid, objectIdOf } from '../../src/core/objectId.ts';
import type { ComparisonSlice, SavedSnapshot } from '../../src/core/savedSnapshots.ts';
import type { Finding, FoundMembership, StoreReader } from '../../src/core/store.ts';
import { foldText, sortKey } from '../../src/core/text/text.ts';

/** A store in memory, to be filled by a test. */
export interface FakeReader extends StoreReader {
  setTenants(tenants: readonly TenantRecord[]): void;
  setGroups(tenantId: string, groups: readonly Group[], completeness?: Completeness): void;
  setMembers(tenantId: string, groupId: string, members: readonly Member[], completeness?: Completeness): void;
  setCompleteness(listing: ListingKey, completeness: Completeness): void;
  /** What `find` finds for a text, and `membershipsOf` for a key. */
  readonly found: Map<string, readonly Finding[]>;
  readonly memberships: Map<number, readonly FoundMembership[]>;
  /** Ids of pinned groups, of whichever tenant. */
  readonly pins: Set<string>;
  /** What `snapshots` answers, and `compareSnapshots` whatever is compared. */
  readonly kept: {
    snapshots: readonly SavedSnapshot[];
    comparison: readonly ComparisonSlice[];
    /** The change log, newest first. */
    log: readonly LoggedChange[];
    unfinished: readonly UnfinishedPlan[];
    /** Waited for behind each slice of `memberKeys`. */
    slice?: () => Promise<void>;
  };
}

export const asOf = '2026-03-01T12:00:00.000Z';

export function createFakeReader(): FakeReader {
  let tenants: readonly TenantRecord[] = [];
  const groups = new Map<string, readonly Group[]>();
  const members = new Map<string, readonly Member[]>();
  const states = new Map<string, Completeness>();
  const agreed = new Set<string>();
  const found: FakeReader['found'] = new Map();
  const memberships: FakeReader['memberships'] = new Map();
  const kept: FakeReader['kept'] = { snapshots: [], comparison: [], log: [], unfinished: [] };

  const pins = new Set<string>();

  const completeness = (listing: ListingKey): Completeness => states.get(listingId(listing)) ?? { state: 'notLoaded' };
  const byName = <T extends { readonly name: string }>(items: readonly T[]) =>
    items.toSorted((a, b) => (sortKey(a.name) < sortKey(b.name) ? -1 : 1));
  const withMembers = (group: Group) => ({
    ...group,
    members: completeness({ list: 'members', tenantId: group.tenantId, groupId: group.id }),
    ...(pins.has(group.id) ? { isPinned: true as const } : {}),
  });
  const filtered = (tenantId: string, filter = '') =>
    (groups.get(tenantId) ?? []).filter(
      ({ name, id }) => foldText(name).includes(foldText(filter)) || id.includes(filter),
    );
  const membersOf = (tenantId: string, groupId: string) => members.get(JSON.stringify([tenantId, groupId])) ?? [];

  const noGroup = (tenantId: string): Group => ({
    id: noGroupId,
    tenantId,
    name: 'In no group',
    kind: 'noGroup',
    details: {},
  });

  return {
    found,
    memberships,
    pins,
    kept,
    setTenants: (all) => {
      tenants = all;
    },
    setGroups: (tenantId, all, state = { state: 'complete', count: all.length, asOf }) => {
      groups.set(tenantId, all);
      states.set(listingId({ list: 'groups', tenantId }), state);
    },
    setMembers: (tenantId, groupId, all, state = { state: 'complete', count: all.length, asOf }) => {
      members.set(JSON.stringify([tenantId, groupId]), all);
      states.set(listingId({ list: 'members', tenantId, groupId }), state);
    },
    setCompleteness: (listing, state) => void states.set(listingId(listing), state),
    tenants: () => tenants,
    tenant: (tenantId) => tenants.find(({ id }) => id === tenantId),
    completeness,
    group: (tenantId, groupId) => {
      const all = groupId === noGroupId ? [noGroup(tenantId)] : groups.get(tenantId);
      return all?.filter(({ id }) => id === groupId).map(withMembers)[0];
    },
    groups: (tenantId, { offset, limit, filter }) =>
      byName(filtered(tenantId, filter))
        .toSorted((a, b) => Number(pins.has(b.id)) - Number(pins.has(a.id)))
        .slice(offset, offset + limit)
        .map(withMembers),
    countGroups: (tenantId, filter) => filtered(tenantId, filter).length,
    pinned: (tenantId) => (groups.get(tenantId) ?? []).map(({ id }) => id).filter((id) => pins.has(id)),
    groupsAsSent: (tenantId, { offset, limit }) => (groups.get(tenantId) ?? []).slice(offset, offset + limit),
    member: (tenantId, groupId, memberId) => membersOf(tenantId, groupId).find(({ id }) => id === memberId),
    members: (tenantId, groupId, { offset, limit }) =>
      byName(membersOf(tenantId, groupId)).slice(offset, offset + limit),
    memberKeys: async function* (tenantId, groupId, filter) {
      const all = membersOf(tenantId, groupId);
      for (const one of byName(all)) {
        yield isMeant(one, filter) ? [[all.indexOf(one), 0]] : [];
        await kept.slice?.();
      }
    },
    membersAt: (tenantId, groupId, keys) =>
      keys.flatMap(([principal]) => membersOf(tenantId, groupId)[principal] ?? []),
    memberFacets: async function* (tenantId, groupId) {
      const all = membersOf(tenantId, groupId);
      const count = (values: readonly string[]) =>
        new Map(values.map((value) => [value, values.filter((other) => other === value).length]));
      yield {
        members: all.length,
        rights: count(all.map(({ accessRight = '' }) => accessRight)),
        principalTypes: count(all.map(({ principalType }) => principalType)),
        guests: all.filter(isGuest).length,
      };
    },
    membersAsSent: (tenantId, groupId, { offset, limit }) => membersOf(tenantId, groupId).slice(offset, offset + limit),
    removed: () => [],
    access: async function* () {},
    same: async function* () {},
    ways: async function* () {},
    within: async function* () {},
    find: async function* (query) {
      yield* found.get(query) ?? [];
    },
    snapshots: (tenantId) => kept.snapshots.filter((one) => tenantId === undefined || one.tenantId === tenantId),
    compareSnapshots: async function* () {
      yield* kept.comparison;
    },
    findings: async function* () {},
    findingDetails: async () => [],
    membershipsOf: async (principal) => memberships.get(principal) ?? [],
    groupOf: (tenantId, member) => {
      const object = objectIdOf(member) ?? '';
      const isKnown = (one: Group) => one.id.toLowerCase() === object && (one.tenantId === tenantId || isGuid(object));
      const known = [...groups.values()].flat().find(isKnown);
      return known && { tenantId: known.tenantId, groupId: known.id };
    },
    memberListings: () => ({ notLoaded: 0, complete: 0, partial: 0, denied: 0, throttled: 0, failed: 0, rows: 0 }),
    memberListingSlices: async function* (tenantId) {
      yield this.memberListings(tenantId);
    },
    changeLog: async ({ tenantId, plan, keys, limit }) =>
      kept.log
        .filter(({ change }) => tenantId === undefined || change.tenantId === tenantId)
        .filter((entry) => (plan === undefined || entry.plan === plan) && (keys?.includes(entry.key) ?? true))
        .slice(0, limit),
    unfinishedPlans: async () => kept.unfinished,
    hasAgreedToHost: (host) => agreed.has(host),
    takeChanges: () => [],
    close: () => undefined,
  };
}

function isMeant(one: Member, { rights, principalTypes, guests }: MemberFilter): boolean {
  const hasRight = rights?.includes(one.accessRight ?? '') ?? true;
  return hasRight && (principalTypes?.includes(one.principalType) ?? true) && (!guests || isGuest(one));
}

export function tenantRecord(id: string, fields: Partial<TenantRecord> = {}): TenantRecord {
  const name = fields.name ?? id;
  return {
    id,
    provider: 'powerbi',
    name,
    isSample: false,
    connection: { provider: 'powerbi', name, signIn: 'accessToken' },
    ...fields,
  };
}

export function group(tenantId: string, id: string, fields: Partial<Group> = {}): Group {
  return { id, tenantId, name: id, kind: 'workspace', details: { id }, ...fields };
}

export function member(id: string, fields: Partial<Member> = {}): Member {
  return { id, name: id, identifier: id, principalType: 'user', details: {}, ...fields };
}
