import type { KnownPrincipal } from '../../core/access/found.ts';
import type { ChangePrincipal } from '../../core/changes/changes.ts';
import { directAccess } from '../../core/changes/directAccess.ts';
import type { Changes } from '../../core/changes/pipeline.ts';
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
  /** Several have the e-mail address, and which of them is meant nobody knows. */
  readonly isSeveral: boolean;
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
  if (principalType !== 'user' || email === undefined) return { isUnasked: false, isSeveral: false };
  const found = await changes.search(tenantId, email, signal);
  signal.throwIfAborted();
  const wanted = email.toLowerCase();
  const meant = new Map<string, ChangePrincipal>();
  for (const one of found.principals)
    if (one.principalType === 'user' && one.email?.toLowerCase() === wanted)
      meant.set(one.identifier.toLowerCase(), one);
  const [first, ...others] = meant.values();
  const principal = others.length > 0 ? meant.get(wanted) : first;
  if (!principal) return { isUnasked: found.problem !== undefined, isSeveral: others.length > 0 };
  return { principal, isGuest: /#EXT#/i.test(principal.identifier) };
}
