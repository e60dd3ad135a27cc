import * as vscode from 'vscode';
import type { Target } from '../../core/target.ts';

/** Of what is dragged within the view: the ids of rows, and nothing else of them. */
const mimeType = 'application/vnd.tenantexplorer.rows+json';

/** Rows that are dropped on another row are copied to it by the command, which asks before and says what cannot be. */
export const dragMembers: vscode.TreeDragAndDropController<Target> = {
  dragMimeTypes: [mimeType],
  dropMimeTypes: [mimeType],
  handleDrag: (rows, data) => data.set(mimeType, new vscode.DataTransferItem(JSON.stringify(rows, ids))),
  handleDrop: async (row, data) => {
    const dragged = await data.get(mimeType)?.asString();
    if (dragged === undefined) return;
    const { dropMembers } = await import('./dropMembers.ts');
    dropMembers(dragged, row);
  },
};

const ids = ['tenantId', 'groupId', 'memberId', 'isNote'];
