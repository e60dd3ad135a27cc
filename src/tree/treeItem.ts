import * as vscode from 'vscode';
import type { Row } from './row.ts';

const icons = new Map<string, vscode.ThemeIcon>();

/** A row as VS Code renders it. Plain work only: it is done for every row, and no tooltip is made here. */
export function toTreeItem(row: Pick<Row, 'id' | 'look'> & { readonly children?: unknown }): vscode.TreeItem {
  const { label, description, icon, color, context, spoken, click } = row.look();
  const state = row.children ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None;
  const item = new vscode.TreeItem(label, state);
  item.id = row.id;
  item.contextValue = context;
  item.accessibilityInformation = { label: spoken };
  if (description) item.description = description;
  if (icon !== undefined) item.iconPath = themeIcon(icon, color);
  if (click) item.command = { ...click, arguments: [row] };
  return item;
}

function themeIcon(id: string, color: string | undefined): vscode.ThemeIcon {
  const key = `${id} ${color ?? ''}`;
  const icon =
    icons.get(key) ?? new vscode.ThemeIcon(id, color === undefined ? undefined : new vscode.ThemeColor(color));
  icons.set(key, icon);
  return icon;
}
