import type { Command, CommandDeps } from '../../src/commands/command.ts';
import { checkConnection } from '../../src/core/connection.ts';
import { silentLogger } from '../../src/core/logger.ts';
import type { TenantConnection } from '../../src/core/model.ts';
import type { Target } from '../../src/core/target.ts';
import type { TenantChange } from '../../src/core/tenants.ts';
import { fakeProviders } from './fakeProviders.ts';
import { createFakeReader, type FakeReader } from './fakeReader.ts';
import { createFakeSync, type FakeSync } from './fakeSync.ts';
import { createFakeUi, type FakeUi, type Reply } from './fakeUi.ts';

/** Everything that a command gets, with what it did. */
export interface FakeDeps extends CommandDeps {
  readonly ui: FakeUi;
  readonly reader: FakeReader;
  readonly sync: FakeSync;
  readonly added: TenantConnection[];
  readonly edited: { tenantId: string; change: TenantChange }[];
  readonly removed: string[];
  /** Tenants whose loaded data was deleted, or `all`. */
  readonly emptied: string[];
  readonly revealed: Target[];
  readonly more: Target[];
  readonly whole: Target[];
  readonly filters: Map<string, string>;
  readonly agreed: string[];
  /** What is selected in the view. */
  selected: readonly Target[];
  /** What trying a connection comes to. */
  attempt: () => Promise<void>;
  samplesOpened: number;
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
      waitsUntil: () => undefined,
      cancel: (tenantId) => sync.cancel(tenantId),
      onDidChange: () => ({ dispose() {} }),
      dispose() {},
    },
    log: silentLogger,
    t: translate,
    added: [],
    edited: [],
    removed: [],
    emptied: [],
    revealed: [],
    more: [],
    whole: [],
    filters: new Map(),
    agreed,
    selected: [],
    samplesOpened: 0,
    attempt: () => Promise.resolve(),
    providers: () => fakeProviders,
    openSamples: async () => {
      fake.samplesOpened += 1;
    },
    tenants: {
      add: async (connection) => {
        fake.added.push(connection);
        return 'added';
      },
      edit: async (tenantId, change) => void fake.edited.push({ tenantId, change }),
      remove: async (tenantId) => void fake.removed.push(tenantId),
      removeRows: async (tenantId) => void fake.emptied.push(tenantId ?? 'all'),
      tryConnection: () => fake.attempt(),
      tryChange: () => fake.attempt(),
      unagreedHost: (connection) => {
        const { foreignHost } = checkConnection(connection, fakeProviders);
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
