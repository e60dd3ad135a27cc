import { nameProblem } from '../core/tenants/checkConnection.ts';
import { carryThrough } from './change/carryThrough.ts';
import { oneToChange } from './change/subject.ts';
import { answered } from './choose/ask.ts';
import type { Command } from './command.ts';

/** Makes a group in a tenant. */
export const createGroup: Command = {
  name: 'createGroup',
  run: async (deps, args, signal) => {
    const { ui, t } = deps;
    const title = t('Create Group');
    const { tenantId } = await oneToChange(deps, args, { capability: 'createGroup', level: 'tenant', title }, signal);
    const validate = (text: string) =>
      nameProblem(text) ? t('The group needs a name, at most 200 characters long.') : undefined;
    const name = answered(await ui.input({ title, prompt: t('Name of the group'), validate }, signal)).trim();
    await carryThrough(deps, [{ kind: 'createGroup', tenantId, name }], signal);
  },
};
