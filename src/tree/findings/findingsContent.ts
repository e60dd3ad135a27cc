import * as vscode from 'vscode';
import type { Event } from '../../core/event.ts';
import { accessModelOf } from '../../core/findings/accessModelOf.ts';
import { type AccessModel, type FindingRef, findingIds } from '../../core/findings/findings.ts';
import type { FindingPlan, FindingsView } from '../../core/findings/findingsView.ts';
import type { Logger } from '../../core/logger.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { StoreChange, StoreReader } from '../../core/store.ts';
import { readFindingSettings } from '../../platform/findingSettings.ts';
import { createViewProgress } from '../../platform/viewProgress.ts';
import { createBusyMessage } from '../busyMessage.ts';
import type { Row } from '../row.ts';
import { createWords } from '../words.ts';
import { isFindingRow } from './findingRow.ts';
import { createFindingsModel } from './findingsModel.ts';
import { findingTexts } from './findingTexts.ts';

export interface FindingsContentOptions {
  readonly reader: StoreReader;
  readonly onDidChange: Event<StoreChange>;
  readonly log: Logger;
  readonly providers: () => readonly Provider[];
  /** What is known of our own providers. */
  readonly accessModels: Readonly<Record<string, AccessModel>>;
}

/** What the view "Findings" shows. */
export interface FindingsContent extends FindingsView, vscode.Disposable {
  roots(): Promise<readonly Row[]>;
  children(row: Row): Promise<readonly Row[]>;
  /** What providers tell of themselves changed. */
  reload(): void;
}

export function createFindingsContent(
  view: vscode.TreeView<Row>,
  changed: vscode.EventEmitter<Row | undefined>,
  { reader, onDidChange, log, providers, accessModels }: FindingsContentOptions,
): FindingsContent {
  const words = createWords(vscode.l10n.t, vscode.env.language);
  const progress = createViewProgress('tenantExplorer.findings');
  const status = createBusyMessage((text) => {
    view.message = text;
  }, words.t('Looking for findings…'));

  async function plan(): Promise<FindingPlan> {
    const { severities, ...limits } = readFindingSettings();
    const registered = providers().flatMap((provider) => {
      const access = accessModelOf(provider);
      return access ? [[provider.id, access] as const] : [];
    });
    const access = { ...Object.fromEntries(registered), ...accessModels };
    return { severities, rules: { ids: findingIds.filter((id) => severities[id] !== 'off'), access, ...limits } };
  }

  const model = createFindingsModel({
    reader,
    words,
    log,
    isVisible: view.visible,
    plan,
    fire: (row) => changed.fire(row),
    setBusy: (isBusy) => {
      progress.set(isBusy);
      status.setBusy(isBusy);
    },
    show: (message, high) => {
      status.setRest(message);
      const tooltip =
        high === 1
          ? words.t('1 finding of high severity')
          : words.t('{0} findings of high severity', words.number(high));
      view.badge = high === 0 ? undefined : { value: high, tooltip };
    },
  });
  const subscriptions = [
    onDidChange(model.onChange),
    view.onDidChangeVisibility(({ visible }) => model.setVisible(visible)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('tenantExplorer.findings')) model.onChange();
    }),
  ];

  return {
    plan,
    text: (finding) => findingTexts(words.t, readFindingSettings())[finding],
    meant: (rows, isIgnored) => {
      const given = refsOf(rows, isIgnored);
      return given.length > 0 ? given : refsOf(view.selection, isIgnored);
    },
    refresh: async () => {
      await vscode.commands.executeCommand('tenantExplorer.findings.focus');
      await model.refresh();
    },
    showMore: model.showMore,
    roots: model.roots,
    children: model.children,
    reload: model.onChange,
    dispose: () => {
      for (const subscription of subscriptions) subscription.dispose();
      model.dispose();
      progress.set(false);
      status.dispose();
    },
  };
}

/** @param rows of the view, or whatever else somebody runs the command with */
function refsOf(rows: readonly unknown[], isIgnored: boolean): readonly FindingRef[] {
  return rows.flatMap((row) => (isFindingRow(row) && row.isIgnored === isIgnored ? [row.finding] : []));
}
