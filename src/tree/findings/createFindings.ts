import * as vscode from 'vscode';
import { loadOnce } from '../../core/loadOnce.ts';
import type { Logger } from '../../core/logger.ts';
import type { Row } from '../row.ts';
import { toTooltip } from '../tooltip.ts';
import { toTreeItem } from '../treeItem.ts';
import type { FindingsContentOptions } from './findingsContent.ts';

/** The view "Findings". Its content is loaded when it is opened, or when a command asks for it. */
export function createFindings(log: Logger, options: () => Promise<FindingsContentOptions>) {
  const changed = new vscode.EventEmitter<Row | undefined>();
  const content = loadOnce(async () => {
    const [{ createFindingsContent }, given] = await Promise.all([import('./findingsContent.ts'), options()]);
    return createFindingsContent(view, changed, given);
  });
  const view: vscode.TreeView<Row> = vscode.window.createTreeView<Row>('tenantExplorer.findings', {
    canSelectMany: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getTreeItem: toTreeItem,
      getParent: (row) => row.parent,
      getChildren: async (row) => {
        try {
          return [...(row ? await (await content.get()).children(row) : await (await content.get()).roots())];
        } catch (error) {
          log.error('The findings could not be shown.', error);
          throw new Error(vscode.l10n.t('The findings cannot be shown. The log says more.'), { cause: error });
        }
      },
      resolveTreeItem: async (item, row) => Object.assign(item, { tooltip: toTooltip((await row.facts?.()) ?? []) }),
    },
  });
  return {
    load: content.get,
    /** What providers tell of themselves changed. */
    reload: () =>
      void content.begun()?.then(
        (one) => one.reload(),
        () => undefined,
      ),
    dispose: () => {
      content.begun()?.then(
        (one) => one.dispose(),
        () => undefined,
      );
      view.dispose();
      changed.dispose();
    },
  };
}
