import type { Directory } from '../../core/auth/signIn.ts';
import { toAppError } from '../../core/errors.ts';
import type { Choice } from '../../core/ui.ts';
import type { CommandDeps } from '../command.ts';
import type { ConnectionDraft } from './connectionDraft.ts';
import { type Asking, inputStep } from './connectionSteps.ts';
import type { Step } from './wizard.ts';

type DraftStep = Step<ConnectionDraft>;

/**
 * The directory's id or domain; it may be left out where signing in tells it.
 * @param remark said before it; never remote text, for a prompt runs links
 */
export function directoryStep(asking: Asking, isOptional: boolean, remark = ''): DraftStep {
  const { t } = asking;
  const prompt = isOptional
    ? t('The id or a domain of the Entra directory (leave it empty for an application of many directories)')
    : t('The id or a domain of the Entra directory');
  return inputStep(asking, {
    prompt: remark + prompt,
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
    const { known, remark } = await list(deps, draft, signal);
    if (known.length < 2) {
      return directoryStep(asking, own === undefined, remark)({ ...draft, directoryId: own ?? '' }, place);
    }
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

/** An account that may not list its directories can still name one; the remark says why it has to. */
async function list(
  { ui, t, log }: CommandDeps,
  { begun }: ConnectionDraft,
  signal: AbortSignal,
): Promise<{ readonly known: readonly Directory[]; readonly remark: string }> {
  try {
    return { known: (await begun?.directories(signal)) ?? [], remark: '' };
  } catch (error) {
    if (signal.aborted) throw error;
    const { kind } = toAppError(error);
    log.info(`The directories of the account cannot be listed: ${kind}.`);
    const why =
      kind === 'forbidden'
        ? t('the app may lack the permission user_impersonation of Azure Service Management, or the consent to it')
        : ui.tellWhat(kind);
    return { known: [], remark: `${t("The account's directories cannot be listed: {0}.", why)} ` };
  }
}

function isDirectory(text: string): boolean {
  return /^[\w.-]{1,255}$/.test(text.trim());
}
