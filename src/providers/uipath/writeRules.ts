import type { ProblemCode } from '../../core/changes/changes.ts';
import type { WriteRules } from '../../core/provider/writes.ts';
import { accessModel } from './accessModel.ts';
import { isEveryone } from './requests.ts';

/** Groups have members, and nothing more; which built-in groups take others is for the service to say. */
export const rules: WriteRules = {
  rights: () => [],
  principalTypes: ['user', 'group', 'app', 'robot'],
  problem: ({ kind, principal }, group): ProblemCode | undefined => {
    if (group?.kind === 'builtIn') {
      if (kind === 'renameGroup' || kind === 'deleteGroup') return 'builtIn';
      if (isEveryone(group.kind, group.name)) return 'builtIn';
    }
    // A group of the organization itself is in no other.
    const isLocalGroup = principal?.principalType === 'group' && principal.source === 'local';
    return kind === 'addMember' && isLocalGroup ? 'localGroup' : undefined;
  },
  access: accessModel,
};
