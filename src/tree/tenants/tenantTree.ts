import * as vscode from 'vscode';
import type { Event } from '../../core/event.ts';
import { loadOnce } from '../../core/loadOnce.ts';
import type { Logger } from '../../core/logger.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { SettingsReader } from '../../core/settings.ts';
import type { StoreChange, StoreReader } from '../../core/store.ts';
import type { Sync } from '../../core/sync.ts';
import type { Target } from '../../core/target.ts';
import type { TreeActions } from '../../core/treeActions.ts';
import type { WholeTenants } from '../../core/wholeTenants.ts';
import type { ContextKeys } from '../../platform/contextKeys.ts';
import { explain } from '../../platform/explain.ts';
import { createViewProgress } from '../../platform/viewProgress.ts';
import type { Row } from '../row.ts';
import { toTooltip } from '../tooltip.ts';
import { toTreeItem } from '../treeItem.ts';
import { createWords } from '../words.ts';
import { dragMembers } from './dragMembers.ts';
import { createTreeModel, type TreeModel } from './treeModel.ts';

const viewId = 'tenantExplorer.tenants';

/** What the tree shows. */
export interface TreeData {
  readonly reader: StoreReader;
  readonly sync: Sync;
  readonly onDidChange: Event<StoreChange>;
  readonly wholeTenants: WholeTenants;
}

export interface TenantTreeOptions {
  /** Asked for when the view is first opened, so that nothing is loaded before. */
  readonly open: () => Promise<TreeData>;
  /** All providers, registered ones included. */
  readonly providers: () => readonly Provider[];
  readonly settings: SettingsReader;
  readonly contextKeys: ContextKeys;
  readonly log: Logger;
}

export interface TenantTree extends TreeActions, vscode.Disposable {
  /** Renders all again, e.g. when a provider was registered. */
  reload(): void;
}

/** The view "Tenants". */
export function createTenantTree({ open, providers, settings, contextKeys, log }: TenantTreeOptions): TenantTree {
  const changed = new vscode.EventEmitter<Row[] | undefined>();
  const disposables: { dispose(): unknown }[] = [changed];
  let model: TreeModel | undefined;
  const opened = loadOnce(async () => {
    model = createModel(await open());
    return model;
  });

  function createModel({ reader, sync, onDidChange, wholeTenants }: TreeData): TreeModel {
    const words = createWords(vscode.l10n.t, vscode.env.language);
    const progress = createViewProgress(viewId);
    const created = createTreeModel({
      reader,
      sync,
      providers,
      words,
      explain: (fault) => explain(vscode.l10n.t, fault),
      pageSize: () => settings.read().pageSize,
      fire: (rows) => changed.fire(rows && [...rows]),
      setBusy: progress.set,
    });
    const ended = { dispose: () => progress.set(false) };
    const show = (message: string | undefined) => {
      // VS Code's types know no way to take a message away but this.
      view.message = message ?? '';
      contextKeys.setReading(message !== undefined);
    };
    const readings = loadOnce(async () => {
      const { createReadings } = await import('./readings.ts');
      return createReadings({ reader, sync, wholeTenants, words, show });
    });
    const update = async (tenantId: string, done: number, total: number) => {
      (await readings.get()).update(tenantId, done, total);
    };
    disposables.push({ dispose: () => readings.begun()?.then((loaded) => loaded.dispose()) });
    disposables.push(sync.onDidProgressAll(({ tenantId, done, total }) => void update(tenantId, done, total)));
    disposables.push(wholeTenants.onDidChange((tenantId) => void update(tenantId, 0, 0)));
    disposables.push(created, ended, onDidChange(created.onStoreChange), sync.onDidProgress(created.onProgress));
    return created;
  }

  /** At once where the view was opened before: what a command sets, it can read again. */
  function withModel(action: (model: TreeModel) => void): void {
    if (model) action(model);
    else void opened.get().then(action, (error: unknown) => log.error('The tree could not be read.', error));
  }

  const view = vscode.window.createTreeView<Row>(viewId, {
    canSelectMany: true,
    showCollapseAll: true,
    dragAndDropController: dragMembers,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getTreeItem: toTreeItem,
      getParent: (row) => row.parent,
      getChildren: async (row) => {
        try {
          if (row) return [...((await row.children?.()) ?? [])];
          return [...(await opened.get()).roots()];
        } catch (error) {
          log.error('The tree could not be read.', error);
          throw new Error(vscode.l10n.t('The tenants cannot be shown. The log says more.'), { cause: error });
        }
      },
      resolveTreeItem: async (item, row) => {
        const facts = await row.facts?.();
        if (facts) item.tooltip = toTooltip(facts);
        return item;
      },
    },
  });
  disposables.push(view);
  disposables.push(view.onDidChangeVisibility(({ visible }) => visible && model?.refreshAges()));

  return {
    selection: () => view.selection.filter((row) => !row.isNote).map(toTarget),
    showMore: (target) => withModel((opened) => opened.showMore(target)),
    showAll: (target) => withModel((opened) => opened.showAll(target)),
    filter: (tenantId) => model?.filter(tenantId),
    setFilter: (tenantId, text) => withModel((opened) => opened.setFilter(tenantId, text)),
    memberFilter: (tenantId, groupId) => model?.memberFilter(tenantId, groupId),
    setMemberFilter: (tenantId, groupId, chosen) =>
      withModel((opened) => opened.setMemberFilter(tenantId, groupId, chosen)),
    filtered: () => model?.filtered() ?? [],
    reveal: async (target, { expand = false } = {}) => {
      try {
        const row = (await opened.get()).find(target);
        if (row) await view.reveal(row, { select: true, focus: true, expand });
      } catch (error) {
        // The row went away meanwhile, or the view cannot be shown: no reason for a command to fail.
        log.error('A row could not be shown.', error);
      }
    },
    focus: async () => {
      await vscode.commands.executeCommand(`${viewId}.focus`);
    },
    reload: () => model?.reload(),
    dispose: () => {
      for (const disposable of disposables.reverse()) disposable.dispose();
    },
  };
}

function toTarget({ tenantId, groupId, memberId }: Row): Target {
  return { tenantId, ...(groupId === undefined ? {} : { groupId }), ...(memberId === undefined ? {} : { memberId }) };
}
