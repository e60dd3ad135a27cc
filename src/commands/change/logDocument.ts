import type { LoggedChange } from '../../core/changes/changes.ts';
import { markdownText } from '../../core/text/markdown.ts';
import type { CommandDeps } from '../command.ts';
import { lineOf, outcomeWord } from './changeWords.ts';

/** Entries that one document shows. */
const mostEntries = 2000;

/** Opens the change log as a read-only document, newest first. */
export async function showLogOf(deps: CommandDeps, query: { readonly tenantId?: string }): Promise<void> {
  const { ui, t, reader } = deps;
  const entries = await reader.changeLog({ ...query, limit: mostEntries });
  const title = t('Change Log');
  if (entries.length === 0) return ui.inform(t('Nothing was changed from here yet.'));
  const head = [
    `# ${title}`,
    '',
    t('What was changed with this extension on this computer, newest first. “Undo Changes…” takes changes back.'),
    ...(entries.length === mostEntries ? [t('The newest {0} entries are shown.', mostEntries)] : []),
  ];
  const lines = await Promise.all(entries.map((one) => entryLines(deps, one)));
  await ui.showDocument(title, 'markdown', [...head, ...lines.flat()].join('\n'));
}

async function entryLines({ ui, t, time }: CommandDeps, entry: LoggedChange): Promise<readonly string[]> {
  const { key, at, account, change, outcome, reason, requestId, isSeen, isUndone } = entry;
  const seen = isSeen === undefined ? [] : [isSeen ? t('seen when read back') : t('not seen when read back')];
  const state = [outcomeWord(t, outcome), ...seen, ...(isUndone ? [t('undone since')] : [])].join(', ');
  const undoes = change.undoes ? [`  ${t('takes back: {0}', change.undoes.map((one) => `#${one}`).join(', '))}`] : [];
  return [
    '',
    `## #${key} ${time(at)}: ${state}`,
    '',
    `  ${markdownText(lineOf(t, change))}`,
    ...undoes,
    ...(account === undefined ? [] : [`  ${t('by: {0}', markdownText(account))}`]),
    ...(reason === undefined ? [] : [`  ${t('said: {0}', markdownText(await ui.tellReason(reason)))}`]),
    ...(requestId === undefined ? [] : [`  ${t('request: {0}', requestId)}`]),
  ];
}
