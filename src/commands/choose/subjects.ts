import { askedSubject, groupSubject, type Subject, subjectOf } from '../../core/access/subject.ts';
import { AppError } from '../../core/errors.ts';
import { noGroupId } from '../../core/noGroup.ts';
import type { Target } from '../../core/target.ts';
import type { CommandDeps } from '../command.ts';
import { choicesOf, type Found } from './findChoices.ts';
import { type Chosen, searchFound } from './searchFound.ts';
import { meantTargets } from './targets.ts';

/** Whoever the rows stand for that a command is given or, without any, that are selected. */
export async function subjectsMeant(
  deps: CommandDeps,
  args: readonly unknown[],
  signal: AbortSignal,
): Promise<readonly Subject[]> {
  const meant = meantTargets(deps, args).filter(isSomebody);
  return Promise.all(meant.map((target) => subjectAt(deps, target, signal)));
}

/** Has the user choose whose access is meant; a text that means one alone is taken at its word. @throws AppError `cancelled` */
export async function chooseSubject(
  deps: CommandDeps,
  { title, text = '' }: { readonly title: string; readonly text?: string },
  signal: AbortSignal,
): Promise<Subject> {
  const found = text === '' ? [] : (await choicesOf(deps, text)).choices.map(({ value }) => value).filter(isKnown);
  const [only] = found;
  if (only && found.length === 1) return subjectOfChoice(deps, only, signal);
  const { value } = await searchFound(deps, { title, text }, signal);
  return subjectOfChoice(deps, value, signal);
}

export async function subjectOfChoice({ reader }: CommandDeps, value: Chosen, signal: AbortSignal): Promise<Subject> {
  if ('ask' in value) return askedSubject(value.ask);
  if ('group' in value) return there(groupSubject(reader, value.group));
  const marks = value.principals.map((key) => ({ key }));
  return there(await subjectOf(reader, marks, signal));
}

/** @throws AppError `notFound` for a row whose thing is gone */
async function subjectAt({ reader }: CommandDeps, target: Somebody, signal: AbortSignal): Promise<Subject> {
  const { tenantId, groupId, memberId } = target;
  if (memberId === undefined) return there(groupSubject(reader, target));
  return there(await subjectOf(reader, [{ tenantId, groupId, memberId }], signal));
}

function there(subject: Subject | undefined): Subject {
  if (!subject) throw new AppError('notFound', 'Whoever was meant is no longer there.');
  return subject;
}

type Somebody = Target & { readonly groupId: string };

function isSomebody(target: Target): target is Somebody {
  return target.groupId !== undefined && (target.groupId !== noGroupId || target.memberId !== undefined);
}

/** What sends a request is offered, not done at once. */
function isKnown(value: Found): value is Chosen {
  return !('loadAll' in value || 'ask' in value);
}
