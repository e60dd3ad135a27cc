import type { Fact, Look, Row } from './row.ts';
import { noteId } from './rowIds.ts';

export type NoteKind = 'filter' | 'loading' | 'message' | 'stopped' | 'empty' | 'more';

/** A row about its parent's listing: a message, "Loading…", "Load more". As a target it is that listing. */
export function createNoteRow(parent: Row, kind: NoteKind, look: () => Look, facts?: () => readonly Fact[]): Row {
  const { tenantId, groupId } = parent;
  return {
    id: noteId(kind, parent),
    tenantId,
    ...(groupId === undefined ? {} : { groupId }),
    isNote: true,
    parent,
    look,
    ...(facts ? { facts } : {}),
  };
}
