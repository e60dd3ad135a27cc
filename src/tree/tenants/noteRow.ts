import type { Target } from '../../core/target.ts';
import type { Fact, Look, Row } from '../row.ts';
import { noteId } from '../rowIds.ts';

export type NoteKind = 'filter' | 'loading' | 'message' | 'stopped' | 'empty' | 'more' | 'missing';

/**
 * A row about a listing: a message, "Loading…", "Load more". As a target it is that listing, its parent's unless told
 * otherwise.
 */
export function createNoteRow(
  parent: Row,
  kind: NoteKind,
  look: () => Look,
  facts?: () => Promise<readonly Fact[]>,
  { tenantId, groupId }: Target = parent,
): Row {
  return {
    id: noteId(kind, parent.id),
    tenantId,
    ...(groupId === undefined ? {} : { groupId }),
    isNote: true,
    parent,
    look,
    ...(facts ? { facts } : {}),
  };
}
