import type { LoggedChange, Wish } from '../../core/changes/changes.ts';
import { undoWishes } from '../../core/changes/undo.ts';
import { cancelled } from '../../core/errors.ts';
import { emailIn } from '../../core/text/emailIn.ts';
import type { CommandDeps } from '../command.ts';
import { lineOf } from './changeWords.ts';

/** What takes changes back; what nothing takes back is told. @throws AppError `cancelled` where nothing is left to do */
export async function wishesToUndo(deps: CommandDeps, entries: readonly LoggedChange[]): Promise<readonly Wish[]> {
  const { ui, t, reader } = deps;
  const { wishes, impossible } = undoWishes(entries, (tenantId) => emailIn(reader.tenant(tenantId)?.account ?? ''));
  if (impossible.length > 0) {
    const lines = impossible.slice(0, 12).map(({ change }) => lineOf(t, change));
    const go = wishes.length > 0 ? [{ label: t('Undo the Others'), value: true }] : [];
    const message = t('Changes that cannot be undone: {0}.', impossible.length);
    if (!(await ui.confirm(message, lines.join('\n'), go))) throw cancelled();
  }
  if (wishes.length > 0) return wishes;
  ui.inform(t('There is nothing to undo.'));
  throw cancelled();
}
