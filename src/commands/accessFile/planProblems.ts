import type { Plan, PlanProblem } from '../../core/changes/changes.ts';
import type { FileProblem, Span } from '../../core/editedFile.ts';
import { problemWords, riskWords } from '../change/changeWords.ts';
import type { CommandDeps } from '../command.ts';
import { type FileWish, groupSpan } from './compareGroup.ts';
import type { AccessFile } from './parseFile.ts';
import type { ResolvedGroup } from './resolve.ts';

/** What is wrong with a plan, at the places of the file that it comes from. */
export function planProblems(
  { t, time }: Pick<CommandDeps, 't' | 'time'>,
  plan: Plan,
  wishes: readonly FileWish[],
  file: AccessFile,
  groups: readonly ResolvedGroup[],
): readonly FileProblem[] {
  const ofWishes = plan.problems.map(
    (problem): FileProblem => ({
      span: spanOf(problem, wishes[problem.wish], file),
      severity: problem.isWarning ? 'warning' : 'error',
      message: problemWords(t, problem, time),
    }),
  );
  const byId = new Map(groups.map(({ group, groupId }) => [groupId, group]));
  const risks = plan.risks.flatMap((risk): readonly FileProblem[] => {
    const group = byId.get(risk.groupId);
    return group ? [{ span: groupSpan(group), severity: 'warning', message: riskWords(t, risk) }] : [];
  });
  return [...ofWishes, ...risks];
}

/** Each once, in the file's order. */
export function inOrder(problems: readonly FileProblem[]): readonly FileProblem[] {
  const once = new Map(problems.map((one) => [JSON.stringify([one.span.offset, one.severity, one.message]), one]));
  return [...once.values()].sort((one, other) => one.span.offset - other.span.offset);
}

function spanOf({ code }: PlanProblem, from: FileWish | undefined, file: AccessFile): Span {
  if (!from) return file.tenant.span;
  const { group, member } = from;
  const whole = groupSpan(group);
  switch (code) {
    case 'tooMany':
    case 'noTenant':
    case 'readOnly':
    case 'notOffered':
      return file.tenant.span;
    case 'noRight':
    case 'unknownRight':
    case 'needlessRight':
      return (member?.accessRight ?? member?.identifier)?.span ?? whole;
    case 'principalType':
      return (member?.principalType ?? member?.identifier)?.span ?? whole;
    case 'noGroup':
    case 'ambiguousGroup':
    case 'builtIn':
    case 'personal':
    case 'deleted':
    case 'notDeleted':
      return whole;
    default:
      return member?.identifier.span ?? group.exactSpan ?? whole;
  }
}
