import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { TenantExplorerApi } from './api.ts';
import type { Auth } from './auth/auth.ts';
import type { ToolDeps } from './chat/tool.ts';
import type { CommandDeps } from './commands/command.ts';
import type { Send, Transport } from './core/http/http.ts';
import { lazily } from './core/lazily.ts';
import { loadOnce } from './core/loadOnce.ts';
import type { Logger } from './core/logger.ts';
import { tellsUngrouped } from './core/provider/provider.ts';
import { createProviderRegistry } from './core/provider/providerRegistry.ts';
import type { SettingsReader } from './core/settings.ts';
import { throttleChanges } from './core/throttledChanges.ts';
import { createContextKeys } from './platform/contextKeys.ts';
import { createLogger } from './platform/logger.ts';
import { notifyFailure } from './platform/notify.ts';
import { createSecretStore } from './platform/secretStore.ts';
import { createSettings } from './platform/settings.ts';
import { providers as ownProviders } from './providers/index.ts';
import { createApi } from './publicApi/createApi.ts';
import { lastingPlace, sweep, temporaryPlace } from './store/place.ts';
import { openStore } from './store/store.ts';
import { createSync } from './sync/sync.ts';
import { createWholeTenants } from './sync/wholeTenants.ts';
import { createLazyAccessView } from './tree/access/lazyAccessView.ts';
import { createFindings } from './tree/findings/createFindings.ts';
import { createTenantTree } from './tree/tenants/tenantTree.ts';

export interface Services {
  readonly api: TenantExplorerApi;
  /** What commands work with; loaded when the first one runs. */
  commandDeps(): Promise<CommandDeps>;
  readonly toolDeps: ToolDeps & { readonly log: Logger };
  /** The log. */
  channel(): vscode.LogOutputChannel;
  /** To be awaited before anything is read. */
  ready(): Promise<void>;
  /** Fills the panel of a report that a reload of the window left. */
  restoreReport(panel: vscode.WebviewPanel, state: unknown): Promise<void>;
  /** Stops loads, finishes what is being written, and closes the store. */
  close(): Promise<void>;
}

/** Builds everything, in order of dependence. Sends nothing, asks nothing, and makes no file. */
export function createServices(context: vscode.ExtensionContext): Services {
  // There is one from the first line on.
  let opened: vscode.LogOutputChannel | undefined;
  const channel = () => (opened ??= vscode.window.createOutputChannel('Tenant Explorer', { log: true }));
  const log = createLogger(channel);
  const settings = createSettings();
  const contextKeys = createContextKeys();

  const place = settings.read().keepNothingOnDisk ? temporaryPlace() : lastingPlace(context.globalStorageUri.fsPath);
  const store = openStore({
    path: place.path,
    workerUrl: new URL('./worker.js', import.meta.url),
    onDamaged: (keptPath) => void storeMessages().then(({ tellDamaged }) => tellDamaged(keptPath, log)),
    onError: (error) => log.error('The store could not be read.', error),
  });
  const { reader, writer } = store;
  const providers = createProviderRegistry(ownProviders);
  const send = lazySend(settings, nodeFetch);
  const samples = loadOnce(async () => (await import('./sandbox/sampleServer.ts')).createSampleServer());

  // Loaded when a tenant is first added, changed or read.
  const auth = lazily<Auth>(async () => {
    const [{ createAuth }, { createMemorySecrets }, { createSignInPrompts }, { createVsCodeAccounts }] =
      await Promise.all([
        import('./auth/auth.ts'),
        import('./auth/memorySecrets.ts'),
        import('./platform/signInPrompts.ts'),
        import('./platform/vscodeAuth.ts'),
      ]);
    return createAuth({
      reader,
      writer,
      log,
      // Of a window that ended hard, nobody would ever delete the secrets: its tenants are not known any more.
      secretStore: place.isTemporary ? createMemorySecrets() : createSecretStore(context),
      onSecretsFailure: () => void storeMessages().then(({ tellSecretsFailure }) => tellSecretsFailure()),
      prompts: createSignInPrompts(context),
      providers,
      send,
      lockFolder: join(dirname(place.path), 'locks'),
      uipath: () => settings.read().uipath,
      t: vscode.l10n.t,
      vscodeAccounts: createVsCodeAccounts(),
      probe: async (...args) =>
        (await import('./sync/probe.ts')).probe({ send, provider: providers.get, decoder }, ...args),
      stopLoads: (tenantId) => wholeTenants.cancel(tenantId),
      sampleOrigin: async () => (await samples.get()).origin(),
    });
  });
  const sync = createSync({
    reader,
    writer,
    send: lazySend(settings, platformFetch),
    tokens: auth,
    log,
    provider: providers.get,
    connectionOf: auth.connectionOf,
    concurrency: () => settings.read().concurrency,
    onWhole: (tenantId) => void snapshotDaily(tenantId),
  });
  const snapshots = { take: writer.takeSnapshot, delete: writer.deleteSnapshots };
  async function snapshotDaily(tenantId: string): Promise<void> {
    if (!settings.read().automaticSnapshots) return;
    const { takeDailySnapshot } = await import('./sync/dailySnapshot.ts');
    await takeDailySnapshot({ reader, snapshots, log }, tenantId);
  }
  async function forgetOld(): Promise<void> {
    const days = settings.read().retentionDays;
    if (days === 0 || reader.tenants().length === 0) return;
    await writer.forgetOlderThan(new Date(Date.now() - days * 24 * 3_600_000).toISOString());
  }
  const tellTenants = () => contextKeys.setTenants(reader.tenants());
  async function tellUnfinished(): Promise<void> {
    if ((await reader.unfinishedPlans()).length === 0) return;
    const { offerToResume } = await import('./commands/resumeChanges.ts');
    await offerToResume(await commandDeps(), new AbortController().signal);
  }
  const wholeTenants = createWholeTenants({
    sync,
    reader,
    hasUngrouped: (tenantId) => tellsUngrouped(providers.get(reader.tenant(tenantId)?.provider ?? '')),
    log,
    onFailed: (error) => void notifyFailure(error, channel()),
  });
  const tree = createTenantTree({
    open: async () => {
      sweep();
      await store.ready();
      if (reader.status() === 'newer') void storeMessages().then(({ tellNewer }) => tellNewer());
      else forgetOld().catch((error: unknown) => log.error('Old rows could not be deleted.', error));
      tellTenants();
      tellUnfinished().catch((error: unknown) => log.error('Unfinished changes could not be told.', error));
      return { reader, sync, onDidChange: store.onDidChange, wholeTenants };
    },
    providers: providers.all,
    settings,
    contextKeys,
    log,
  });
  const access = createLazyAccessView(async () => {
    const { createAccessView } = await import('./tree/access/accessView.ts');
    const { accessModels } = await import('./providers/accessModels.ts');
    const { onDidChange } = store;
    return createAccessView({
      ...{ reader, sync, onDidChange, providers: providers.all, accessModels, settings, contextKeys, log },
    });
  });
  const findings = createFindings(log, async () => {
    // A store of an older version reads as empty until it is brought up to date.
    await store.ready();
    const { accessModels } = await import('./providers/accessModels.ts');
    return { reader, onDidChange: store.onDidChange, log, providers: providers.all, accessModels };
  });
  const registrations = providers.onDidChange(() => {
    tree.reload();
    findings.reload();
  });
  const changes = throttleChanges(store.onDidChange, 100, (error) => log.error('A listener to changes failed.', error));
  changes.event(tellTenants);

  // As commands are: loaded when the first one runs.
  const ui = loadOnce(async () => (await import('./platform/ui.ts')).createUi(channel()));
  const commandDeps = async (): Promise<CommandDeps> => ({
    ui: await ui.get(),
    tenants: auth,
    sync,
    wholeTenants,
    snapshots,
    reader,
    tree,
    access,
    findings: findings.load,
    showReport: async (source) =>
      (await import('./report/reportPanel.ts')).showReport({ log, channel: channel() }, source),
    ignoreFindings: writer.ignoreFindings,
    log,
    ...(await import('./platform/speech.ts')).createSpeech(),
    setPinned: writer.setPinned,
    allowChanges: writer.setAllowsChanges,
    openSnapshot: async () => (await import('./store/snapshotReads.ts')).openSnapshotWithReads(place.path),
    exportGrants: async (...args) => {
      const { exportInThread } = await import('./export/exportThread.ts');
      const workerUrl = new URL('./exportWorker.js', import.meta.url);
      return exportInThread({ workerUrl, storePath: place.path }, ...args);
    },
    sendsOrganization: () => settings.read().uipath.sendsOrganization,
    providers: providers.all,
    openSamples: async () => (await samples.get()).open(auth, reader.tenants),
  });

  return {
    api: createApi({ ready: store.ready, reader, sync, tenants: auth, providers, onDidChange: changes.event }),
    commandDeps,
    toolDeps: { reader, sync, log, t: vscode.l10n.t },
    channel,
    ready: store.ready,
    restoreReport: async (panel, state) => {
      await store.ready();
      const sourceOf = async (id: string) =>
        (await import('./commands/report/reportSource.ts')).reportSourceOf(await commandDeps(), id);
      await (await import('./report/reportPanel.ts')).restoreReport(
        { log, channel: channel() },
        panel,
        state,
        sourceOf,
      );
    },
    close: async () => {
      try {
        for (const part of [registrations, wholeTenants, access, tree, findings, changes]) part.dispose();
        void ui.begun()?.then((loaded) => loaded.dispose());
        await sync.dispose();
        await Promise.all([store.close(), samples.begun()?.then((server) => server.close())]);
      } finally {
        // Whatever could not be closed: what is to be on no disk goes.
        place.remove();
        opened?.dispose();
      }
    },
  };
}

/** Loaded at the first request, as is the transport: nobody who only looks at what is stored pays for it. */
function lazySend(settings: SettingsReader, loadTransport: () => Promise<Transport>): Send {
  const send = loadOnce(async () => {
    const { createSend } = await import('./core/http/http.ts');
    return createSend(loadTransport, () => settings.read().timeouts);
  });
  return async (request, signal) => (await send.get())(request, signal);
}

/**
 * Carries the listings: 1,000 requests over TLS in the extension host take it 1 s and node-fetch 26 s, for it uses
 * connections again (`npm run bench -- transport`).
 */
async function platformFetch(): Promise<Transport> {
  // Asked for each time: VS Code puts its own in its place.
  return (url, init) => fetch(url, init);
}

async function nodeFetch(): Promise<Transport> {
  return (await import('node-fetch')).default;
}

/** Hardly ever needed. */
function storeMessages() {
  return import('./platform/storeMessages.ts');
}

/** Only needed when a connection is tried: loads are decoded in the worker. */
async function decoder(providerId: string) {
  const { decoders } = await import('./providers/decoders.ts');
  return decoders[providerId];
}
