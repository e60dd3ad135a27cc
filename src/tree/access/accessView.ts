import * as vscode from 'vscode';
import type { AccessView } from '../../core/access/accessView.ts';
import { adminRights } from '../../core/access/ways.ts';
import type { Event } from '../../core/event.ts';
import { accessModelOf } from '../../core/findings/accessModelOf.ts';
import type { AccessModel } from '../../core/findings/findings.ts';
import type { Logger } from '../../core/logger.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { SettingsReader } from '../../core/settings.ts';
import type { StoreChange, StoreReader } from '../../core/store.ts';
import type { Sync } from '../../core/sync.ts';
import type { ContextKeys } from '../../platform/contextKeys.ts';
import { explain } from '../../platform/explain.ts';
import { createViewProgress } from '../../platform/viewProgress.ts';
import { createBusyMessage } from '../busyMessage.ts';
import { toTooltip } from '../tooltip.ts';
import { toTreeItem } from '../treeItem.ts';
import { createWords } from '../words.ts';
import { createAccessModel } from './accessModel.ts';
import type { AccessRow } from './accessRow.ts';

const viewId = 'tenantExplorer.access';

export interface AccessViewOptions {
  readonly reader: StoreReader;
  readonly sync: Pick<Sync, 'memberOf' | 'itemsOf'>;
  readonly onDidChange: Event<StoreChange>;
  readonly providers: () => readonly Provider[];
  /** Of our own providers, by their ids. */
  readonly accessModels: Readonly<Record<string, AccessModel>>;
  readonly settings: SettingsReader;
  readonly contextKeys: ContextKeys;
  readonly log: Logger;
}

/** The view "Access". */
export function createAccessView(options: AccessViewOptions): AccessView & vscode.Disposable {
  const { reader, settings, contextKeys, log } = options;
  const { t } = vscode.l10n;
  const changed = new vscode.EventEmitter<AccessRow | undefined>();
  const progress = createViewProgress(viewId);
  const message = createBusyMessage((text) => {
    view.message = text;
  }, t('Looking up who can reach what…'));

  const model = createAccessModel({
    reader,
    words: createWords(vscode.l10n.t, vscode.env.language),
    explain: (fault) => explain(vscode.l10n.t, fault),
    provider: ({ provider }) => options.providers().find(({ id }) => id === provider),
    isAdmin: adminRights(
      (id) => options.accessModels[id] ?? accessModelOf(options.providers().find((one) => one.id === id)),
    ),
    sync: options.sync,
    pageSize: () => settings.read().pageSize,
    fire: (row) => changed.fire(row),
    setBusy: (isBusy) => {
      progress.set(isBusy);
      message.setBusy(isBusy);
    },
    isVisible: () => view.visible,
    onError: (error) => log.error('The access could not be read.', error),
  });

  const view = vscode.window.createTreeView<AccessRow>(viewId, {
    canSelectMany: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getTreeItem: (row) => {
        const item = toTreeItem(row);
        if (row.isOpen && row.children) item.collapsibleState = vscode.TreeItemCollapsibleState.Expanded;
        return item;
      },
      getParent: (row) => row.parent,
      getChildren: async (row) => [...(row ? await model.children(row) : model.roots())],
      resolveTreeItem: (item, row) => {
        const facts = row.facts?.();
        if (facts) item.tooltip = toTooltip(facts);
        return item;
      },
    },
  });

  const disposables = [
    changed,
    view,
    options.onDidChange(() => model.onStoreChange()),
    view.onDidChangeVisibility(({ visible }) => visible && model.onVisible()),
    model,
    message,
  ];
  async function show(isAny: boolean, begin: () => Promise<void> | void): Promise<void> {
    contextKeys.setAccessShown(isAny);
    const reading = begin();
    if (isAny) await vscode.commands.executeCommand(`${viewId}.focus`);
    await reading;
    const [first] = model.roots();
    // Else the list stays where it was scrolled to for somebody else.
    if (first && view.visible) {
      // The row may have gone away meanwhile: no reason for a command to fail.
      const onGone = (error: unknown) => log.error('A row could not be shown.', error);
      await view.reveal(first, { select: false }).then(undefined, onGone);
    }
  }

  return {
    show: (subjects) => show(subjects.length > 0, () => model.show(subjects)),
    showChanges: (comparison) => show(true, () => model.showChanges(comparison)),
    changes: () => model.changes(),
    shown: () => model.subjects(),
    showMore: (row) => {
      const more = (row as Partial<AccessRow> | undefined)?.more;
      more?.();
      return more !== undefined;
    },
    dispose: () => vscode.Disposable.from(...disposables.reverse()).dispose(),
  };
}
