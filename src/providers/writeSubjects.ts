import type { Change, ChangePrincipal } from '../core/changes/changes.ts';
import { AppError } from '../core/errors.ts';
import type { WriteContext } from '../core/provider/writes.ts';
import { serviceIdOf } from './serviceId.ts';

/** The id of the group that a change is about, as its service knows it. @throws AppError `notFound` */
export function groupIdOf({ group }: WriteContext): string {
  if (!group) throw new AppError('notFound', 'There is no such group in this tenant.');
  return serviceIdOf(group);
}

/** Whom a change is about. @throws AppError `invalid` */
export function principalOf({ principal }: Pick<Change, 'principal'>): ChangePrincipal {
  if (!principal) throw new AppError('invalid', 'The change says nothing of whom it is about.');
  return principal;
}
