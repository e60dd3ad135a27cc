import { isAppError } from '../core/errors.ts';
import type { Directory } from '../core/signIn.ts';
import type { Choice } from '../core/ui.ts';
import type { CommandDeps } from './command.ts';
import type { ConnectionDraft } from './connectionDraft.ts';
import { type Asking, inputStep } from './connectionSteps.ts';
import type { Step } from './wizard.ts';

type DraftStep = Step<ConnectionDraft>;

/** The directory's id or domain; it may be left out where signing in tells it. */
export function directoryStep(asking: Asking, isOptional: boolean): DraftStep {
  const { t } = asking;
  return inputStep(asking, {
    prompt: isOptional
      ? t('The id or a domain of the Entra directory (leave it empty for an application of many directories)')
      : t('The id or a domain of the Entra directory'),
    value: (draft) => draft.directoryId ?? '',
    validate: (text) => {
      if (isOptional && text.trim() === '') return undefined;
      return isDirectory(text) ? undefined : t('Enter an id such as 01234567-… or a domain such as contoso.com.');
    },
    take: (directoryId) => ({ directoryId }),
  });
}

/** Which of the account's directories to add, guests' ones included; asked for one where they cannot be listed. */
export function directoriesStep(deps: CommandDeps, asking: Asking): DraftStep {
  const { ui, t } = deps;
  const { title, signal } = asking;
  return async (draft, place) => {
    const own = draft.directoryId || draft.signedIn?.directoryId;
    const known = await list(deps, draft, signal);
    if (known.length < 2) return directoryStep(asking, own === undefined)({ ...draft, directoryId: own ?? '' }, place);
    const choices = known.map(
      (directory): Choice<Directory> => ({
        label: directory.name,
        description: directory.domain ?? directory.id,
        isPicked: directory.id === own || directory.domain === own,
        value: directory,
      }),
    );
    const options = { title, placeholder: t('Which directories do you want to add?'), ...place };
    for (;;) {
      const answer = await ui.pickMany(choices, options, signal);
      if (answer === 'back') return 'back';
      // None cannot be meant: there is a way back, and a way out.
      if (answer.value.length > 0) return { value: { ...draft, directories: answer.value } };
    }
  };
}

/** An account that may not list its directories can still name one. */
async function list(
  { log }: CommandDeps,
  { begun }: ConnectionDraft,
  signal: AbortSignal,
): Promise<readonly Directory[]> {
  try {
    return (await begun?.directories(signal)) ?? [];
  } catch (error) {
    if (signal.aborted) throw error;
    log.info(`The directories of the account cannot be listed: ${isAppError(error) ? error.kind : 'unknown'}.`);
    return [];
  }
}

function isDirectory(text: string): boolean {
  return /^[\w.-]{1,255}$/.test(text.trim());
}
