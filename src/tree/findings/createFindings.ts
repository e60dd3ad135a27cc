import * as vscode from 'vscode';
import type { Row } from '../row.ts';
import { toTooltip } from '../tooltip.ts';
import { toTreeItem } from '../treeItem.ts';
import type { FindingsContent, FindingsContentOptions } from './findingsContent.ts';

/** The view "Findings". Its content is loaded when it is opened, or when a command asks for it. */
export function createFindings(options: () => Promise<FindingsContentOptions>) {
  let content: Promise<FindingsContent> | undefined;
  const changed = new vscode.EventEmitter<Row | undefined>();
  const load = (): Promise<FindingsContent> => {
    content ??= Promise.all([import('./findingsContent.ts'), options()]).then(([{ createFindingsContent }, given]) =>
      createFindingsContent(view, changed, given),
    );
    return content;
  };
  const view: vscode.TreeView<Row> = vscode.window.createTreeView<Row>('tenantExplorer.findings', {
    canSelectMany: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getTreeItem: toTreeItem,
      getParent: (row) => row.parent,
      getChildren: async (row) => [...(row ? ((await row.children?.()) ?? []) : await (await load()).roots())],
      resolveTreeItem: async (item, row) => Object.assign(item, { tooltip: toTooltip((await row.facts?.()) ?? []) }),
    },
  });
  return {
    load,
    dispose: () => {
      void content?.then((one) => one.dispose());
      view.dispose();
    },
  };
}
