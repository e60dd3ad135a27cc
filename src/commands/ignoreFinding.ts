import { userInfo } from 'node:os';
import { cancelled } from '../core/errors.ts';
import type { FindingRef } from '../core/findings/findings.ts';
import { answered } from './choose/ask.ts';
import type { Command, CommandDeps } from './command.ts';

/** Takes findings out of the list, with a reason that is kept and exported. */
export const ignoreFinding: Command = {
  name: 'ignoreFinding',
  run: async (deps, args, signal) => {
    const { t, ui } = deps;
    const meant = await meantFindings(deps, args, false);
    const reason = answered(
      await ui.input(
        {
          title: t('Ignore Finding'),
          prompt: meant.length === 1 ? t('Why is it all right?') : t('Why are these {0} all right?', meant.length),
          validate: (text) =>
            text.trim() === '' ? t('A reason is needed, for those who look at it later.') : undefined,
        },
        signal,
      ),
    );
    await deps.ignoreFindings(meant, { reason: reason.trim(), by: userName() });
  },
};

/** Of this computer; some accounts of servers have none. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}

/** The rows that are meant, else those that are selected in the view. @throws AppError `cancelled` */
export async function meantFindings(
  { t, ui, findings }: CommandDeps,
  [row, selection]: readonly unknown[],
  isIgnored: boolean,
): Promise<readonly FindingRef[]> {
  const view = await findings();
  const meant = view.meant(Array.isArray(selection) && selection.length > 0 ? selection : [row], isIgnored);
  if (meant.length > 0) return meant;
  ui.inform(
    isIgnored
      ? t('Select an ignored finding in the view “Findings” first.')
      : t('Select a finding in the view “Findings” first.'),
  );
  throw cancelled();
}
