import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type GeneratedTenantOptions, generateTenant } from '../../../src/sandbox/generatedTenant.ts';

/** A root row of the bare tree and the labels of its children, in order. */
export interface BareRoot {
  readonly label: string;
  readonly children: readonly string[];
}

/** A generated tenant as the tree shows it: the same labels in the same order. */
export function rootOf(options: GeneratedTenantOptions): BareRoot {
  const tenant = generateTenant(options);
  if (tenant.provider !== 'powerbi') throw new Error('Only Power BI is measured here.');
  const { compare } = new Intl.Collator('en', { numeric: true });
  const children = tenant.myWorkspaces.slice().map(({ name }) => name ?? '');
  return { label: tenant.name, children: children.toSorted(compare) };
}

/** What VS Code itself takes for a tree: a provider that has nothing to do but name its rows. */
export function writeBareTree(folder: string, roots: readonly BareRoot[]): void {
  const icon = 'icon.svg';
  writeExtension(folder, 'bare-tree', {
    viewsContainers: { activitybar: [{ id: 'bareTree', title: 'Bare Tree', icon }] },
    views: { bareTree: [{ id: 'bareTree.groups', name: 'Bare Groups', icon }] },
  });
  writeFileSync(
    join(folder, icon),
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle r="8"/></svg>',
  );
  writeFileSync(join(folder, 'roots.json'), JSON.stringify(roots));
  writeFileSync(
    join(folder, 'extension.js'),
    `import * as vscode from 'vscode';
import { readFileSync } from 'node:fs';
const roots = JSON.parse(readFileSync(new URL('./roots.json', import.meta.url), 'utf8'));
export function activate(context) {
  context.subscriptions.push(vscode.window.createTreeView('bareTree.groups', {
    treeDataProvider: {
      getChildren: (row) => (row ? row.children.map((label) => ({ label })) : roots),
      getTreeItem: (row) => new vscode.TreeItem(row.label, vscode.TreeItemCollapsibleState.Collapsed),
    },
  }));
}
`,
  );
}

/** An extension that does nothing. */
export function writeEmptyExtension(folder: string): void {
  writeExtension(folder, 'empty', {});
  writeFileSync(join(folder, 'extension.js'), 'export function activate() {}\n');
}

/** The extension that carries out tasks inside the extension host; see host/companion.ts. */
export async function writeCompanion(folder: string): Promise<void> {
  writeExtension(folder, 'companion', {}, ['onStartupFinished']);
  await build({
    entryPoints: [join(import.meta.dirname, '../host/companion.ts')],
    outfile: join(folder, 'extension.js'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    external: ['vscode'],
    logLevel: 'error',
  });
}

function writeExtension(
  folder: string,
  name: string,
  contributes: object,
  activationEvents: readonly string[] = [],
): void {
  mkdirSync(folder, { recursive: true });
  const manifest = {
    ...{ name, publisher: 'bench', version: '1.0.0', type: 'module', main: './extension.js' },
    ...{ engines: { vscode: '^1.106.0' }, extensionKind: ['workspace'], activationEvents, contributes },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
}
