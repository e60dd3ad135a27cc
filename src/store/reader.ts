import { existsSync, statSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { StoreReader } from '../core/store.ts';
import { openForReading } from './openForReading.ts';
import { countGroups, readGroup, readGroupOf, readGroups, readGroupsAsSent } from './queries/groups.ts';
import { countListings, noListings, readCompleteness, readMemberListings, toSummary } from './queries/listings.ts';
import { readMember, readMembers, readMembersAsSent, readMembersAt } from './queries/members.ts';
import { createPages, type Pages } from './queries/pages.ts';
import { readPinned } from './queries/pins.ts';
import { readRemoved } from './queries/removed.ts';
import { readSnapshots } from './queries/snapshots.ts';
import { type ChangeReader, createChangeReader } from './queries/storeChanges.ts';
import { hasAgreedToHost, readTenant, readTenants } from './queries/tenants.ts';
import { createSql, type Sql } from './sql.ts';
import { isDamage, toStoreError } from './storeError.ts';

/** How the reader found the store's file. */
export type StoreStatus = 'missing' | 'ready' | 'newer' | 'older' | 'damaged';

export interface StoreReaderOptions {
  readonly path: string;
  /** The file cannot be read: time for the writer's `open`, which sets it aside. Called once for each such file. */
  readonly onDamaged?: () => void;
}

interface Connection {
  readonly sql: Sql;
  readonly pages: Pages;
  readonly changes: ChangeReader;
  readonly isNewer: boolean;
  readonly isFrozen: boolean;
  /** The file that it reads. */
  readonly file: string;
  /** The same, and as it was when it was opened if changes of it are not seen. */
  readonly seen: string | undefined;
}

/**
 * Reads the store on a connection of its own. Until there is a file there are no tenants; a file that replaced another
 * is noticed by `takeChanges`. A damaged file reads as none: `status` tells them apart.
 */
export function createStoreReader({ path, onDamaged }: StoreReaderOptions): StoreReader & { status(): StoreStatus } {
  const tenantsOfReplaced = new Set<string>();
  let connection: Connection | undefined;
  /** Which file there is; of one that is read as if it could not change, also whether it did. */
  function fileNow(isFrozen = false): string | undefined {
    const file = statSync(path, { throwIfNoEntry: false });
    return file && (isFrozen ? `${file.ino} ${file.mtimeMs} ${existsSync(`${path}-wal`)}` : `${file.ino}`);
  }
  let wasMissing = fileNow() === undefined;
  let damagedFile: string | undefined;
  let isOlder = false;
  let isClosed = false;

  function close(): void {
    connection?.sql.db.close();
    connection = undefined;
  }

  function reportDamage(file: string | undefined): void {
    close();
    const isFirst = damagedFile !== file;
    damagedFile = file;
    wasMissing = true;
    if (isFirst) onDamaged?.();
  }

  function connect(): Connection | undefined {
    if (connection || isClosed) return connection;
    const file = fileNow();
    if (file === undefined || file === damagedFile) {
      wasMissing = true;
      return undefined;
    }
    try {
      const store = openForReading(path);
      isOlder = store?.isOlder === true;
      if (!store || isOlder) {
        store?.db.close();
        wasMissing = true;
        return undefined;
      }
      const sql = createSql(store.db);
      // Kilobytes that may be held: what is read is all over the file, and SQLite's own two megabytes hold little of it.
      sql.db.exec('PRAGMA cache_size = -16384');
      const changes = createChangeReader(sql, wasMissing);
      const { isNewer, isFrozen } = store;
      connection = { sql, pages: createPages(sql), changes, isNewer, isFrozen, file, seen: fileNow(isFrozen) };
    } catch (error) {
      if (!isDamage(error)) throw toStoreError(error);
      reportDamage(file);
    }
    return connection;
  }

  function read<T>(query: (sql: Sql, pages: Pages) => T, otherwise: T): T {
    const open = connect();
    if (!open) return otherwise;
    try {
      return query(open.sql, open.pages);
    } catch (error) {
      if (!isDamage(error)) throw toStoreError(error);
      reportDamage(open.file);
      return otherwise;
    }
  }

  function takeChanges(): ReturnType<StoreReader['takeChanges']> {
    if (connection && fileNow(connection.isFrozen) !== connection.seen) {
      for (const { id } of read(readTenants, [])) tenantsOfReplaced.add(id);
      close();
      wasMissing = true;
    }
    const changes = [...read(() => connection?.changes.take() ?? [], [])];
    for (const tenantId of tenantsOfReplaced) {
      if (!changes.some((change) => change.tenantId === tenantId)) changes.push({ tenantId });
    }
    tenantsOfReplaced.clear();
    return changes;
  }

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
    status: () => {
      const open = connect();
      if (open) return open.isNewer ? 'newer' : 'ready';
      if (damagedFile !== undefined && damagedFile === fileNow()) return 'damaged';
      return isOlder ? 'older' : 'missing';
    },
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
    takeChanges,
    close: () => {
      close();
      isClosed = true;
    },
  };
}

const counting = { countGroups, countListings, toSummary };
