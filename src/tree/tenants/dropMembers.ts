import * as vscode from 'vscode';
import type { Target } from '../../core/target.ts';
import { draggedRows } from './draggedRows.ts';

/** Has the command copy what was dragged, rows by their ids, to the row that it was dropped on. */
export function dropMembers(dragged: string, row: Target | undefined): void {
  const meant = draggedRows(dragged);
  // Not awaited: VS Code waits for the drop, the command for the user.
  if (meant.length > 0) void vscode.commands.executeCommand('tenantExplorer.copyToGroup', meant[0], meant, row ?? null);
}
