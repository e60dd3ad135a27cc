import * as vscode from 'vscode';
import type { Logger } from '../../core/logger.ts';
import type { Row } from '../row.ts';
import { toTooltip } from '../tooltip.ts';
import { toTreeItem } from '../treeItem.ts';
import type { FindingsContent, FindingsContentOptions } from './findingsContent.ts';

/** The view "Findings". Its content is loaded when it is opened, or when a command asks for it. */
export function createFindings(log: Logger, options: () => Promise<FindingsContentOptions>) {
  let content: Promise<FindingsContent> | undefined;
  const changed = new vscode.EventEmitter<Row | undefined>();
  const load = (): Promise<FindingsContent> => {
    content ??= Promise.all([import('./findingsContent.ts'), options()]).then(([{ createFindingsContent }, given]) =>
      createFindingsContent(view, changed, given),
    );
    // What could not be loaded, or a store that could not be opened, is tried again the next time.
    content.catch(() => {
      content = undefined;
    });
    return content;
  };
  const view: vscode.TreeView<Row> = vscode.window.createTreeView<Row>('tenantExplorer.findings', {
    canSelectMany: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getTreeItem: toTreeItem,
      getParent: (row) => row.parent,
      getChildren: async (row) => {
        try {
          return [...(row ? await (await load()).children(row) : await (await load()).roots())];
        } catch (error) {
          log.error('The findings could not be shown.', error);
          throw new Error(vscode.l10n.t('The findings cannot be shown. The log says more.'), { cause: error });
        }
      },
      resolveTreeItem: async (item, row) => Object.assign(item, { tooltip: toTooltip((await row.facts?.()) ?? []) }),
    },
  });
  return {
    load,
    /** What providers tell of themselves changed. */
    reload: () =>
      void content?.then(
        (one) => one.reload(),
        () => undefined,
      ),
    dispose: () => {
      content?.then(
        (one) => one.dispose(),
        () => undefined,
      );
      view.dispose();
      changed.dispose();
    },
  };
}
