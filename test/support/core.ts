import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TenantExplorerApi } from '../../src/api.ts';
import { type Auth, createAuth } from '../../src/auth/auth.ts';
import { createMemorySecrets } from '../../src/auth/memorySecrets.ts';
import type { UiPathDeps } from '../../src/auth/uipath/deps.ts';
import type { SecretStore } from '../../src/core/auth/secrets.ts';
import type { SignInPrompts } from '../../src/core/auth/signIn.ts';
import type { VsCodeAccounts } from '../../src/core/auth/vscodeAccounts.ts';
import { createSend, type Send, type Timeouts } from '../../src/core/http/http.ts';
import type { Pause } from '../../src/core/http/retry.ts';
import { type Logger, silentLogger } from '../../src/core/logger.ts';
import { createProviderRegistry } from '../../src/core/provider/providerRegistry.ts';
import type { Sync } from '../../src/core/sync.ts';
import { throttleChanges } from '../../src/core/throttledChanges.ts';
import { decoders } from '../../src/providers/decoders.ts';
import { providers as ownProviders } from '../../src/providers/index.ts';
import { createApi } from '../../src/publicApi/createApi.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { probe } from '../../src/sync/probe.ts';
import { createSync } from '../../src/sync/sync.ts';
import { translate } from './fakeCommandDeps.ts';

export interface CoreOptions {
  /** The folder of the store; another core may share it, as another window does. A new one unless told otherwise. */
  readonly folder?: string;
  readonly timeouts?: Partial<Timeouts>;
  readonly concurrency?: number;
  readonly secrets?: SecretStore;
  readonly log?: Logger;
  /** The person who signs in; nobody unless told otherwise. */
  readonly prompts?: SignInPrompts;
  readonly redirectPorts?: readonly number[];
  readonly now?: () => number;
  readonly patience?: UiPathDeps['patience'];
  /** How signing in sends; as everything else does unless told otherwise. */
  readonly send?: Send;
  /** The accounts of VS Code; none unless told otherwise. */
  readonly vscodeAccounts?: VsCodeAccounts;
  /** How waits before another try are waited, so that a test need not wait them out. */
  readonly pause?: Pause;
  readonly sampleOrigin?: () => Promise<string>;
  /** Bytes that a reply may have. */
  readonly sizeCap?: number;
}

/** All of the extension that needs no VS Code, wired as in the extension, over a real store and real HTTP. */
export interface Core {
  readonly api: TenantExplorerApi;
  readonly sync: Sync;
  readonly tenants: Auth;
  readonly store: Store;
  readonly folder: string;
  /** What the store or its worker failed with where nobody waited. */
  readonly errors: readonly unknown[];
  close(): Promise<void>;
}

export function startCore(options: CoreOptions = {}): Core {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'tenant-explorer-core-'));
  const timeouts = { connect: 10_000, idle: 30_000, admin: 60_000, ...options.timeouts };
  const log = options.log ?? silentLogger;
  const errors: unknown[] = [];
  const store = openStore({
    path: join(folder, 'tenants.sqlite'),
    workerUrl: new URL('../../src/worker/worker.ts', import.meta.url),
    onDamaged: () => undefined,
    onError: (error) => errors.push(error),
  });
  const { reader, writer } = store;
  const providers = createProviderRegistry(ownProviders);
  const send = createSend(
    // As in the extension.
    async () => fetch,
    () => timeouts,
    options.sizeCap,
  );
  const auth = createAuth({
    reader,
    writer,
    log,
    secretStore: options.secrets ?? createMemorySecrets(),
    onSecretsFailure: () => errors.push(new Error('The secret store failed.')),
    prompts: options.prompts ?? noPrompts,
    providers,
    send: options.send ?? send,
    vscodeAccounts: options.vscodeAccounts ?? noAccounts,
    lockFolder: join(folder, 'locks'),
    uipath: () => ({ redirectPorts: options.redirectPorts ?? [8104], sendsOrganization: false }),
    t: translate,
    ...(options.now ? { now: options.now } : {}),
    patience: { arrival: 500, ...options.patience },
    probe: (connection, token, signal) =>
      probe({ send, provider: providers.get, decoder: async (id) => decoders[id] }, connection, token, signal),
    stopLoads: (tenantId) => sync.cancel(tenantId),
    sampleOrigin: options.sampleOrigin ?? (() => Promise.reject(new Error('No samples here.'))),
  });
  const concurrency = () => options.concurrency ?? 8;
  const pause = options.pause === undefined ? {} : { pause: options.pause };
  const sync = createSync({
    reader,
    writer,
    send,
    tokens: auth,
    log,
    provider: providers.get,
    connectionOf: auth.connectionOf,
    concurrency,
    ...pause,
  });
  const changes = throttleChanges(store.onDidChange, 100, (error) => errors.push(error));
  return {
    api: createApi({ ready: store.ready, reader, sync, tenants: auth, providers, onDidChange: changes.event }),
    sync,
    tenants: auth,
    store,
    folder,
    errors,
    close: async () => {
      await sync.dispose();
      changes.dispose();
      await store.close();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Nobody is there. */
export const noPrompts: SignInPrompts = {
  openBrowser: async () => false,
  showCode: async () => undefined,
  isRemote: false,
  reach: async (url) => url,
};

/** VS Code is not there. */
export const noAccounts: VsCodeAccounts = {
  session: () => Promise.reject(new Error('There are no accounts of VS Code here.')),
  accounts: async () => [],
  onDidChange: () => ({ dispose: () => undefined }),
};

/** Share one between two cores as two windows share VS Code's. */
export { createMemorySecrets as memorySecrets } from '../../src/auth/memorySecrets.ts';
