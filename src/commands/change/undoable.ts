import type { LoggedChange } from '../../core/changes/changes.ts';
import { canBeUndone } from '../../core/changes/undo.ts';
import type { CommandDeps } from '../command.ts';

/** Entries that are looked at in one go. */
const atOnce = 500;

/** The latest changes that can be taken back and were not yet, of tenants that are still there; newest first. */
export async function undoable(
  { reader }: CommandDeps,
  most: number,
  isMeant: (entry: LoggedChange) => boolean = () => true,
): Promise<readonly LoggedChange[]> {
  const found: LoggedChange[] = [];
  for (let before: number | undefined; found.length < most; ) {
    const entries = await reader.changeLog({ limit: atOnce, ...(before === undefined ? {} : { before }) });
    found.push(
      ...entries.filter(
        (entry) =>
          canBeUndone(entry) && !entry.isUndone && reader.tenant(entry.change.tenantId) !== undefined && isMeant(entry),
      ),
    );
    if (entries.length < atOnce) break;
    before = entries.at(-1)?.key;
  }
  return found.slice(0, most);
}
