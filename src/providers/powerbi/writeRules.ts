import type { ProblemCode, Wish } from '../../core/changes/changes.ts';
import type { Group } from '../../core/model.ts';
import { isGuid } from '../../core/objectId.ts';
import type { WriteRules } from '../../core/provider/writes.ts';
import { emailIn } from '../../core/text/emailIn.ts';
import { accessModel } from './accessModel.ts';
import { isAdmin } from './requests.ts';

const rights = ['Admin', 'Member', 'Contributor', 'Viewer'];

/** Workspaces of the older kind refuse the others (`UnsupportedAccessRightError`). */
const olderRights = ['Admin', 'Member'];

const principalTypes: Readonly<Record<string, string>> = { user: 'User', group: 'Group', app: 'App' };

/** As the definition `PrincipalType` has it. */
export function principalTypeOf(type: string): string {
  return principalTypes[type] ?? 'None';
}

export const rules: WriteRules = {
  rights: ({ details }) => (details.type === 'Group' ? olderRights : rights),
  principalTypes: Object.keys(principalTypes),
  problem: (wish, group) => groupProblem(wish, group) ?? principalProblem(wish),
  isRemovedAndAdded: isAdmin,
  access: accessModel,
};

function groupProblem({ kind }: Wish, group: Group | undefined): ProblemCode | undefined {
  if (!group) return undefined;
  const isDeleted = group.details.state === 'Deleted';
  if (kind === 'restoreGroup') return isDeleted ? undefined : 'notDeleted';
  if (isDeleted) return 'deleted';
  return group.kind === 'personalWorkspace' ? 'personal' : undefined;
}

/** Users are named by e-mail address or user principal name, all others by object id. */
function principalProblem({ kind, principal }: Wish): ProblemCode | undefined {
  if (!principal || kind !== 'addMember') return undefined;
  const { identifier, principalType } = principal;
  const isFit = principalType === 'user' ? emailIn(identifier) !== undefined : isGuid(identifier);
  return isFit ? undefined : 'badPrincipal';
}
