import type { Target } from '../core/target.ts';

/**
 * The id of a row: the whole path of what it stands for. VS Code hands commands the wrong row when ids repeat, and
 * services do send the same id in two groups. No two targets have the same id, whatever their ids contain.
 */
export function rowId({ tenantId, groupId, memberId }: Target): string {
  return [tenantId, groupId, memberId].flatMap((part) => (part === undefined ? [] : [encode(part)])).join('/');
}

/** The id of a row that stands for no thing of its own: a colon is in no other row's id. */
export function noteId(kind: string, owner: string): string {
  return `${kind}:${owner}`;
}

/** The id of a row below a member's row: the path goes on. */
export function childId(parent: string, part: string): string {
  return `${parent}/${encode(part)}`;
}

function encode(part: string): string {
  if (part.isWellFormed()) return encodeURIComponent(part);
  // `encodeURIComponent` throws for halves of surrogate pairs; "%u" is nothing that it makes.
  return [...part]
    .map((character) =>
      character.isWellFormed() ? encodeURIComponent(character) : `%u${character.charCodeAt(0).toString(16)}`,
    )
    .join('');
}
