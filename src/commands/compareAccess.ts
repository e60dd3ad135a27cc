import { isTarget } from '../core/target.ts';
import { chooseSubject, subjectsMeant } from './choose/subjects.ts';
import type { Command } from './command.ts';

/** Compares the access that is shown with that of somebody or something else: of a row that is given, or by asking. */
export const compareAccess: Command = {
  name: 'compareAccess',
  run: async (deps, args, signal) => {
    const { access, t } = deps;
    const [first] = args;
    const given = isTarget(first) ? await subjectsMeant(deps, [first], signal) : [];
    const one = access.shown()[0] ?? (await chooseSubject(deps, { title: t('Compare the Access of…') }, signal));
    const title = t('Compare With…');
    await access.show([one, given[0] ?? (await chooseSubject(deps, { title }, signal))]);
  },
};
