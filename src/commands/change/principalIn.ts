import type { KnownPrincipal } from '../../core/access/found.ts';
import type { Changes } from '../../core/changePipeline.ts';
import type { ChangePrincipal } from '../../core/changes.ts';
import { directAccess } from '../../core/directAccess.ts';
import { foldText } from '../../core/text.ts';
import type { CommandDeps } from '../command.ts';

/** Somebody as a tenant's service knows them. */
export interface Resolved {
  readonly principal: ChangePrincipal;
  readonly isGuest: boolean;
}

/** Nobody there is known to be them. */
export interface Unresolved {
  /** The tenant's directory could not be asked. */
  readonly isUnasked: boolean;
}

/** Who is meant, as far as anything is known of them. */
export interface Sought {
  readonly principals: readonly KnownPrincipal[];
  readonly principalType: string;
  readonly email?: string | undefined;
}

/**
 * Finds somebody in a tenant: by a group there that they are in, else, of a person with an e-mail address, by the tenant's
 * directory. @throws AppError `cancelled`
 */
export async function principalIn(
  { reader }: Pick<CommandDeps, 'reader'>,
  changes: Changes,
  tenantId: string,
  { principals, principalType, email }: Sought,
  signal: AbortSignal,
): Promise<Resolved | Unresolved> {
  const own = principals.filter((one) => one.tenantId === tenantId && one.principalType === principalType);
  const [held] = (await directAccess(reader, own, signal)).items;
  if (held) return held;
  if (principalType !== 'user' || email === undefined) return { isUnasked: false };
  const found = await changes.search(tenantId, email, signal);
  signal.throwIfAborted();
  const isMeant = (one: ChangePrincipal) =>
    one.principalType === 'user' && one.email !== undefined && foldText(one.email) === foldText(email);
  const principal = found.principals.find(isMeant);
  if (!principal) return { isUnasked: found.problem !== undefined };
  return { principal, isGuest: /#EXT#/i.test(principal.identifier) };
}
