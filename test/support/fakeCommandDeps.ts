import type { Command, CommandDeps } from '../../src/commands/command.ts';
import type { Subject } from '../../src/core/access/subject.ts';
import type { Directory, SignedIn } from '../../src/core/auth/signIn.ts';
import { type FindingRef, type IgnoreNote, usualSeverities } from '../../src/core/findings/findings.ts';
import type { FindingsView } from '../../src/core/findings/findingsView.ts';
import { silentLogger } from '../../src/core/logger.ts';
import type { ChosenFilter } from '../../src/core/memberFilter.ts';
import type { StoredConnection, TenantConnection } from '../../src/core/model.ts';
import type { ServiceProvider } from '../../src/core/provider/provider.ts';
import type { ReportSource } from '../../src/core/report/reportSource.ts';
import type { NewSnapshot, SnapshotComparison } from '../../src/core/savedSnapshots.ts';
import type { Target } from '../../src/core/target.ts';
import { checkConnection, foreignHostOf } from '../../src/core/tenants/checkConnection.ts';
import type { TenantChange } from '../../src/core/tenants/tenants.ts';
import { fakeProviders } from './fakeProviders.ts';
import { createFakeReader, type FakeReader } from './fakeReader.ts';
import { createFakeSync, type FakeSync } from './fakeSync.ts';
import { createFakeUi, type FakeUi, type Reply } from './fakeUi.ts';

/** Everything that a command gets, with what it did. */
export interface FakeDeps extends CommandDeps {
  readonly ui: FakeUi;
  readonly reader: FakeReader;
  readonly sync: FakeSync;
  readonly ignored: { findings: readonly FindingRef[]; note: IgnoreNote | undefined }[];
  /** Reports whose page was opened. */
  readonly reports: ReportSource[];
  findingsView: FindingsView;
  readonly added: TenantConnection[];
  readonly edited: { tenantId: string; change: TenantChange }[];
  readonly removed: string[];
  /** Tenants whose loaded data was deleted, or `all`. */
  readonly emptied: string[];
  readonly revealed: Target[];
  readonly more: Target[];
  readonly whole: Target[];
  readonly filters: Map<string, string>;
  /** By tenant and group. */
  readonly memberFilters: Map<string, ChosenFilter>;
  /** Until when whole-tenant loads wait. */
  readonly waiting: Map<string, string>;
  readonly agreed: string[];
  /** Whose access the view shows. */
  accessShown: readonly Subject[];
  /** What changed between two snapshots, where the view shows that. */
  changesShown: SnapshotComparison | undefined;
  /** What is selected in the view. */
  selected: readonly Target[];
  /** What trying a connection comes to. */
  attempt: () => Promise<void>;
  samplesOpened: number;
  providerList: readonly ServiceProvider[];
  /** What signing in comes to. */
  signIn: (connection: StoredConnection) => Promise<SignedIn>;
  /** What the account can enter. */
  directories: readonly Directory[] | undefined;
  listDirectories: () => Promise<readonly Directory[] | undefined>;
  discarded: number;
  readonly signedIn: string[];
  readonly taken: (NewSnapshot & { readonly tenantId: string })[];
  readonly deletedSnapshots: number[];
  /** What taking a snapshot comes to. */
  takes: () => number | undefined;
  readonly signedOut: string[];
}

export function createFakeDeps(...replies: Reply[]): FakeDeps {
  const reader = createFakeReader();
  const agreed: string[] = [];
  const sync = createFakeSync(reader);
  const fake: FakeDeps = {
    ui: createFakeUi(...replies),
    reader,
    sync,
    wholeTenants: {
      load: (tenantId, signal) => sync.loadAll(tenantId, { signal }),
      waitsUntil: (tenantId) => fake.waiting.get(tenantId),
      isOffline: () => false,
      cancel: (tenantId) => sync.cancel(tenantId),
      onDidChange: () => ({ dispose() {} }),
      dispose() {},
    },
    snapshots: {
      take: async (tenantId, snapshot) => {
        fake.taken.push({ tenantId, ...snapshot });
        return fake.takes();
      },
      delete: async (keys) => void fake.deletedSnapshots.push(...keys),
    },
    taken: [],
    deletedSnapshots: [],
    takes: () => 1,
    time: (iso) => `at ${iso}`,
    log: silentLogger,
    t: translate,
    findings: async () => fake.findingsView,
    ignoreFindings: async (findings, note) => void fake.ignored.push({ findings, note }),
    ignored: [],
    showReport: async (source) => void fake.reports.push(source),
    reports: [],
    findingsView: {
      plan: async () => ({
        rules: { ids: [], access: {}, mostBuiltInAdmins: 5, mostAdministered: 20 },
        severities: usualSeverities,
      }),
      text: (finding) => ({ title: `title ${finding}`, why: `why ${finding}`, advice: `advice ${finding}` }),
      meant: () => [],
      refresh: async () => undefined,
      showMore: () => undefined,
    },
    added: [],
    edited: [],
    removed: [],
    emptied: [],
    revealed: [],
    more: [],
    whole: [],
    filters: new Map(),
    memberFilters: new Map(),
    setPinned: async (_, groupId, isPinned) => void (isPinned ? reader.pins.add(groupId) : reader.pins.delete(groupId)),
    allowChanges: async (tenantId, isAllowed) => {
      reader.setTenants(
        reader.tenants().map(({ allowsChanges: _, ...tenant }) => {
          const isMeant = tenant.id === tenantId ? isAllowed : _ === true;
          return isMeant ? { ...tenant, allowsChanges: true } : tenant;
        }),
      );
    },
    waiting: new Map(),
    agreed,
    selected: [],
    samplesOpened: 0,
    signIn: async () => ({ accountId: 'ana', account: 'ana@contoso.example' }),
    directories: undefined,
    listDirectories: async () => fake.directories,
    discarded: 0,
    signedIn: [],
    signedOut: [],
    openSnapshot: async () => undefined,
    exportGrants: () => Promise.reject(new Error('Nothing is exported here.')),
    attempt: () => Promise.resolve(),
    accessShown: [],
    changesShown: undefined,
    access: {
      show: async (subjects) => {
        fake.accessShown = subjects;
      },
      shown: () => fake.accessShown,
      showChanges: async (comparison) => {
        fake.changesShown = comparison;
      },
      changes: () => fake.changesShown,
      showMore: () => false,
    },
    sendsOrganization: () => false,
    providerList: fakeProviders,
    providers: () => fake.providerList,
    openSamples: async () => {
      fake.samplesOpened += 1;
    },
    tenants: {
      add: async (connection) => {
        fake.added.push(connection);
        return 'added';
      },
      begin: async (connection) => {
        const checked = checkConnection(connection, fake.providerList).connection;
        return {
          signIn: () => fake.signIn(checked),
          directories: () => fake.listDirectories(),
          tryOut: () => fake.attempt(),
          keep: async (details = [{}]) => {
            for (const one of details) fake.added.push({ ...connection, ...one });
            return details.map((_, index) => (index === 0 ? 'added' : `added${index + 1}`));
          },
          discard: async () => {
            fake.discarded += 1;
          },
        };
      },
      signIn: async (tenantId) => {
        const tenant = reader.tenant(tenantId);
        if (tenant) await fake.signIn(tenant.connection);
        fake.signedIn.push(tenantId);
      },
      signOut: async (tenantId) => void fake.signedOut.push(tenantId),
      edit: async (tenantId, change) => void fake.edited.push({ tenantId, change }),
      remove: async (tenantId) => void fake.removed.push(tenantId),
      removeRows: async (tenantId) => void fake.emptied.push(tenantId ?? 'all'),
      tryChange: () => fake.attempt(),
      unagreedHost: async (connection) => {
        const foreignHost = foreignHostOf(connection, fake.providerList);
        return foreignHost !== undefined && !agreed.includes(foreignHost) ? foreignHost : undefined;
      },
      agreeToHost: async (host) => void agreed.push(host),
      connectionOf: async (tenant) => tenant.connection,
    },
    tree: {
      selection: () => fake.selected,
      showMore: (target) => void fake.more.push(target),
      showAll: (target) => void fake.whole.push(target),
      setFilter: (tenantId, text) => {
        if (text === undefined) fake.filters.delete(tenantId);
        else fake.filters.set(tenantId, text);
      },
      filter: (tenantId) => fake.filters.get(tenantId),
      setMemberFilter: (tenantId, groupId, chosen) => {
        if (chosen) fake.memberFilters.set(`${tenantId} ${groupId}`, chosen);
        else fake.memberFilters.delete(`${tenantId} ${groupId}`);
      },
      memberFilter: (tenantId, groupId) => fake.memberFilters.get(`${tenantId} ${groupId}`),
      filtered: () => [
        ...[...fake.filters.keys()].map((tenantId) => ({ tenantId })),
        ...[...fake.memberFilters.keys()].map((key) => {
          const [tenantId = '', groupId = ''] = key.split(' ');
          return { tenantId, groupId };
        }),
      ],
      reveal: async (target) => void fake.revealed.push(target),
      focus: async () => undefined,
    },
  };
  return fake;
}

/** As VS Code does it without a translation. */
export function translate(message: string, ...args: (string | number | boolean)[]): string {
  return message.replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)]));
}

export function run(command: Command, deps: CommandDeps, ...args: unknown[]): Promise<unknown> {
  return command.run(deps, args, new AbortController().signal);
}
