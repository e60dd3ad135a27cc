import { setImmediate as nextTurn } from 'node:timers/promises';
import type { StoreReads } from '../core/store.ts';
import { countGroups, readGroup, readGroupOf, readGroups, readGroupsAsSent } from './queries/groups.ts';
import { countListings, noListings, readCompleteness, readMemberListings, toSummary } from './queries/listings.ts';
import { readMember, readMembers, readMembersAsSent, readMembersAt } from './queries/members.ts';
import type { Pages } from './queries/pages.ts';
import { readPinned } from './queries/pins.ts';
import { readRemoved } from './queries/removed.ts';
import { readSnapshots } from './queries/snapshots.ts';
import { hasAgreedToHost, readTenant, readTenants } from './queries/tenants.ts';
import type { Sql } from './sql.ts';

/** Asks the store that is open; what it cannot tell is `otherwise`. */
type Read = <T>(query: (sql: Sql, pages: Pages) => T, otherwise: T) => T;

/** Every question that can be asked of the store. The rare ones are loaded when they are asked first. */
export function createReads(read: Read): StoreReads {
  /** Slices of a query that is loaded when it is first asked; other work gets its turn between them. */
  async function* lazily<A extends readonly unknown[], T>(
    load: () => Promise<(sql: Sql, ...args: A) => Generator<T>>,
    ...args: A
  ): AsyncGenerator<T> {
    const query = await load();
    const slices = read<Generator<T> | undefined>((sql) => query(sql, ...args), undefined);
    for (;;) {
      const slice = slices && read(() => slices.next(), undefined);
      if (!slice || slice.done) return;
      yield slice.value;
      await nextTurn();
    }
  }

  return {
    tenants: () => read(readTenants, []),
    tenant: (tenantId) => read((sql) => readTenant(sql, tenantId), undefined),
    completeness: (listing) => read((sql) => readCompleteness(sql, listing), { state: 'notLoaded' }),
    groupOf: (tenantId, member) => read((sql) => readGroupOf(sql, tenantId, member), undefined),
    group: (tenantId, groupId) => read((sql) => readGroup(sql, tenantId, groupId), undefined),
    groups: (tenantId, query) => read((_, pages) => readGroups(pages, tenantId, query), []),
    countGroups: (tenantId, filter) => read((sql) => countGroups(sql, tenantId, filter), 0),
    pinned: (tenantId) => read((sql) => readPinned(sql, tenantId), []),
    groupsAsSent: (tenantId, page) => read((sql) => readGroupsAsSent(sql, tenantId, page), []),
    member: (tenantId, groupId, memberId) => read((sql) => readMember(sql, tenantId, groupId, memberId), undefined),
    members: (tenantId, groupId, page) => read((_, pages) => readMembers(pages, tenantId, groupId, page), []),
    memberKeys: (tenantId, groupId, filter) =>
      lazily(async () => (await import('./queries/memberKeys.ts')).memberKeySlices, tenantId, groupId, filter),
    membersAt: (tenantId, groupId, keys) => read((sql) => readMembersAt(sql, tenantId, groupId, keys), []),
    memberFacets: (tenantId, groupId) =>
      lazily(async () => (await import('./queries/memberFacets.ts')).memberFacets, tenantId, groupId),
    membersAsSent: (tenantId, groupId, page) =>
      read((_, pages) => readMembersAsSent(pages, tenantId, groupId, page), []),
    removed: (tenantId, page) => read((sql) => readRemoved(sql, tenantId, page), []),
    find: (query) => lazily(async () => (await import('./queries/find.ts')).findSlices, query),
    membershipsOf: async (principal) => {
      const { membershipsOf } = await import('./queries/find.ts');
      return read((sql) => membershipsOf(sql, principal), []);
    },
    findings: (rules) => lazily(async () => (await import('./queries/findings/findings.ts')).findingSlices, rules),
    findingDetails: async (rows) => {
      const { findingDetails } = await import('./queries/findings/details.ts');
      return read((sql) => findingDetails(sql, rows), []);
    },
    access: (query) => lazily(async () => (await import('./queries/access/access.ts')).accessSlices, query),
    same: (marks) => lazily(async () => (await import('./queries/access/same.ts')).sameSlices, marks),
    ways: (principals) => lazily(async () => (await import('./queries/access/ways.ts')).waySlices, principals),
    within: (tenantId, groupId, { gapsOnly = false } = {}) =>
      lazily(
        async () => (await import('./queries/access/within.ts')).withinSlices,
        tenantId,
        groupId,
        gapsOnly,
        readCompleteness,
      ),
    memberListings: (tenantId) =>
      read((sql) => readMemberListings(sql, tenantId, countGroups(sql, tenantId)), noListings),
    memberListingSlices: (tenantId) =>
      lazily(async () => (await import('./queries/memberListingSlices.ts')).memberListingSlices, tenantId, counting),
    snapshots: (tenantId) => read((sql) => readSnapshots(sql, tenantId), []),
    compareSnapshots: (before, after) =>
      lazily(async () => (await import('./queries/comparison/compareSnapshots.ts')).comparisonSlices, before, after),
    changeLog: async (query) => {
      const { readChangeLog } = await import('./queries/changeLog.ts');
      return read((sql) => readChangeLog(sql, query), []);
    },
    unfinishedPlans: async () => {
      const { readUnfinishedPlans } = await import('./queries/changeLog.ts');
      return read(readUnfinishedPlans, []);
    },
    hasAgreedToHost: (host) => read((sql) => hasAgreedToHost(sql, host), false),
  };
}

const counting = { countGroups, countListings, toSummary };
