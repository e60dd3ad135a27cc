import type { Change, ChangeKind } from '../../core/changes/changes.ts';
import { AppError } from '../../core/errors.ts';
import type { Group, Member } from '../../core/model.ts';
import type { ProviderDefinition } from '../../core/provider/provider.ts';
import type { ProviderContext } from '../../core/provider/providerContext.ts';
import type { WriteRules, Written } from '../../core/provider/writes.ts';
import { foreignError } from '../foreignError.ts';

/** What a registered provider says it can be asked. */
export function foreignRules({ writes, principalTypes, access }: ForeignDefinition): WriteRules {
  return {
    rights: (group) => {
      const given = writes?.accessRights ?? [];
      const rights: unknown = typeof given === 'function' ? given.call(writes, group) : given;
      return Array.isArray(rights) ? rights.filter((right) => typeof right === 'string') : [];
    },
    principalTypes,
    problem: () => undefined,
    ...(access ? { access } : {}),
  };
}

type ForeignDefinition = Pick<ProviderDefinition, 'writes' | 'access'> & { readonly principalTypes: readonly string[] };

/** Whether a registered provider has what one of its capabilities needs. */
export function hasForeignWrite({ writes }: ProviderDefinition, kind: ChangeKind): boolean {
  return typeof writes?.[kind] === 'function';
}

/** Has a registered provider do one change. @throws AppError what it throws */
export async function writeForeign(
  { writes = {} }: ProviderDefinition,
  context: ProviderContext,
  change: Change,
  group: Group | undefined,
  member: Member | undefined,
): Promise<Written | undefined> {
  const { kind, principal, after } = change;
  if (typeof writes[kind] !== 'function') throw new AppError('invalid', 'The provider cannot do this.');
  const place = () => group ?? missing('There is no such group any more.');
  const who = () => member ?? missing('There is no such member any more.');
  try {
    switch (kind) {
      case 'addMember':
        await writes.addMember?.(
          context,
          place(),
          principal ?? missing('There is no such member any more.'),
          after?.accessRight,
        );
        return undefined;
      case 'changeAccessRight':
        await writes.changeAccessRight?.(context, place(), who(), after?.accessRight ?? '');
        return undefined;
      case 'removeMember':
        await writes.removeMember?.(context, place(), who());
        return undefined;
      case 'createGroup': {
        const groupId = await writes.createGroup?.(context, after?.name ?? '');
        return typeof groupId === 'string' ? { groupId } : undefined;
      }
      case 'deleteGroup':
        await writes.deleteGroup?.(context, place());
        return undefined;
      case 'renameGroup':
        await writes.renameGroup?.(context, place(), after?.name ?? '');
        return undefined;
      case 'restoreGroup':
        await writes.restoreGroup?.(context, place(), after?.owner ?? '', after?.name);
        return undefined;
      case 'refreshUserPermissions':
        await writes.refreshUserPermissions?.(context);
        return undefined;
    }
  } catch (error) {
    throw foreignError(error);
  }
}

function missing(message: string): never {
  throw new AppError('notFound', message);
}
