import type { Subject } from '../../core/access/subject.ts';
import { cancelled } from '../../core/errors.ts';
import { isTarget } from '../../core/target.ts';
import { emailIn } from '../../core/text/emailIn.ts';
import type { Choice } from '../../core/ui.ts';
import { choicesOf, type Found } from '../choose/findChoices.ts';
import { subjectOfChoice, subjectsMeant } from '../choose/subjects.ts';
import type { CommandDeps } from '../command.ts';
import { loadAll } from '../loadAll.ts';

export interface PersonQuestion {
  readonly title: string;
  readonly placeholder: string;
  /** What is typed already. */
  readonly text?: string;
  /** Whether it may be somebody of whom nothing is loaded, by e-mail address. */
  readonly takesTyped?: boolean;
}

/**
 * Somebody whose access is to be changed: a member's row that is given or selected, whom the view "Access" shows where one
 * of its own rows is given, a text that is given, or by asking. @throws AppError `cancelled`
 */
export async function personMeant(
  deps: CommandDeps,
  args: readonly unknown[],
  question: PersonQuestion,
  signal: AbortSignal,
): Promise<Subject> {
  const [first, selection] = args;
  if (typeof first === 'string') return choosePerson(deps, { ...question, text: first }, signal);
  const [shown] = deps.access.shown();
  if (typeof first === 'object' && first !== null && !isTarget(first) && shown) return shown;
  const rows = Array.isArray(selection) ? selection : first === undefined ? deps.tree.selection() : [first];
  const members = rows.filter((row) => isTarget(row) && row.memberId !== undefined);
  if (members.length > 1) {
    deps.ui.inform(deps.t('Select one row for this.'));
    throw cancelled();
  }
  const [meant] = members.length > 0 ? await subjectsMeant(deps, members, signal) : [];
  return meant ?? choosePerson(deps, question, signal);
}

/** Has the user choose a person, an app or a group among all that was ever loaded. @throws AppError `cancelled` */
export async function choosePerson(
  deps: CommandDeps,
  { title, placeholder, text: first = '', takesTyped = false }: PersonQuestion,
  signal: AbortSignal,
): Promise<Subject> {
  const search = async (typed: string) => {
    const { choices, remark } = await choicesOf(deps, typed);
    const known = choices.filter(({ value }) => 'principals' in value || 'loadAll' in value);
    const email = takesTyped ? emailIn(typed) : undefined;
    return { choices: email === undefined ? known : [...known, typedChoice(deps, email)], remark };
  };
  for (let text = first; ; ) {
    const chosen = await deps.ui.search<Found>({ title, placeholder, text, search }, signal);
    text = chosen.text;
    const { value } = chosen;
    if (!('loadAll' in value)) return subjectOfChoice(deps, value, signal);
    // What is known then is looked through again.
    await loadAll.run(deps, [{ tenantId: value.loadAll }], signal);
  }
}

function typedChoice({ t }: CommandDeps, email: string): Choice<Found> {
  return { label: email, description: t('as typed'), icon: 'edit', value: { ask: email } };
}
