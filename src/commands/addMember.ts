import type { Wish } from '../core/changes/changes.ts';
import { askPrincipal } from './change/askPrincipal.ts';
import { askRight } from './change/askRight.ts';
import { carryThrough } from './change/carryThrough.ts';
import { toChange } from './change/subject.ts';
import type { Command } from './command.ts';

/** Adds somebody to a group, or to all groups that are selected in a tenant. */
export const addMember: Command = {
  name: 'addMember',
  run: async (deps, args, signal) => {
    const title = deps.t('Add Member');
    const all = await toChange(deps, args, { capability: 'addMember', level: 'group', title }, signal);
    const changes = await deps.sync.changes();
    const [{ tenantId, groupId = '' } = { tenantId: '' }] = all;
    const { principalTypes: types } = await changes.offers(tenantId, groupId);
    const principal = await askPrincipal(deps, changes, { tenantId, title, types }, signal);
    const accessRight = await askRight(deps, all, { title }, signal);
    const right = accessRight === undefined ? {} : { accessRight };
    const wishes = all.map((one): Wish => ({ kind: 'addMember', ...one, principal, ...right }));
    await carryThrough(deps, wishes, signal);
  },
};
