import type { LoggedOutcome } from '../../core/changes/changeLog.ts';
import type { Change } from '../../core/changes/changes.ts';
import { heldMembers } from '../../core/changes/heldMembers.ts';
import { AppError } from '../../core/errors.ts';
import type { StoredConnection } from '../../core/model.ts';
import { isServiceProvider, type Provider, type ProviderDefinition } from '../../core/provider/provider.ts';
import type { ServiceWrites, Written } from '../../core/provider/writes.ts';
import { isConnectedAs } from '../isConnectedAs.ts';
import { checkCurrent } from '../read.ts';
import { type Remembering, remembering } from '../remembering.ts';
import type { ChangeDeps } from './deps.ts';
import { writeForeign } from './foreignWrites.ts';
import { createSending, isRefusalKind } from './writing.ts';

/** What sending a change came to. `uncertain`: the group must be read back before anything is said of it. */
export type Sent =
  | { readonly state: 'done'; readonly written: Written | undefined; readonly told: LoggedOutcome }
  | {
      readonly state: 'refused' | 'uncertain';
      readonly error: AppError;
      readonly told: LoggedOutcome;
      /** Each of its requests came to a certain end: what the group shows is what there is. */
      readonly isCertain: boolean;
    };

export interface WriteOptions {
  /** Ends what is under way: the window closes. */
  readonly signal: AbortSignal;
  isCancelled(): boolean;
}

/** Sends one change, once. Never throws. */
export async function writeChange(deps: ChangeDeps, change: Change, options: WriteOptions): Promise<Sent> {
  const { tokens, withoutTokens } = remembering(deps.tokens);
  const tenant = deps.reader.tenant(change.tenantId);
  const provider = tenant && deps.provider(tenant.provider);
  try {
    if (!tenant || !provider) throw new AppError('notFound', 'There is no such tenant.');
    // Somebody may have changed their mind while the plan was under way.
    if (!tenant.allowsChanges) throw new AppError('forbidden', 'The tenant is read-only.');
    const own = { ...deps, tokens };
    const place = {
      tenantId: tenant.id,
      connection: await deps.connectionOf(tenant),
      isCurrent: () => isConnectedAs(deps.reader, tenant),
    };
    if (!isServiceProvider(provider)) return await sendForeign(own, provider, change, place, options, withoutTokens);
    const { writes, refusal } = await writesOf(provider);
    const write = writes[change.kind];
    if (!write) throw new AppError('invalid', `${provider.label} cannot do this.`);
    const group = change.groupId === undefined ? undefined : deps.reader.group(tenant.id, change.groupId);
    const gate = deps.gateOf(tenant.id);
    const sending = createSending(own, { provider, gate, ...place, ...options, ...(refusal ? { refusal } : {}) });
    let expected: string | undefined;
    const told = () => {
      const requestId = sending.requestId();
      return requestId === undefined ? {} : { requestId: withoutTokens(new AppError('invalid', requestId)).message };
    };
    try {
      const { connection } = place;
      const expect = (groupId: string) => {
        expected = groupId;
      };
      const context = { connection, tenantId: tenant.id, send: sending.send, expect, ...(group ? { group } : {}) };
      const written = await write(context, change);
      return { state: 'done', written, told: told() };
    } catch (thrown) {
      // A change of several requests may have got half way.
      const isUncertain = sending.isUncertain() || sending.done() > 0;
      const error = withoutTokens(thrown);
      const isCertain = !sending.isUncertain();
      if (!isUncertain) return { state: 'refused', error, told: told(), isCertain };
      const made = expected === undefined ? {} : { groupId: expected };
      return { state: 'uncertain', error, told: { ...told(), ...made }, isCertain };
    }
  } catch (thrown) {
    return { state: 'refused', error: withoutTokens(thrown), told: {}, isCertain: true };
  }
}

/** How a provider of our own changes things. @throws AppError `invalid` */
export async function writesOf(provider: Provider): Promise<ServiceWrites> {
  const writes = isServiceProvider(provider) ? await provider.writes?.() : undefined;
  if (!writes) throw new AppError('invalid', `${provider.label} cannot be changed from here.`);
  return writes;
}

interface Place {
  readonly tenantId: string;
  readonly connection: StoredConnection;
  isCurrent(): boolean;
}

/** What another extension's code does is its own: only what it throws says how it went. */
async function sendForeign(
  deps: ChangeDeps,
  provider: ProviderDefinition,
  change: Change,
  { tenantId, connection, isCurrent }: Place,
  { signal }: WriteOptions,
  withoutTokens: Remembering['withoutTokens'],
): Promise<Sent> {
  const getToken = async () => {
    const token = await deps.tokens.get(tenantId);
    checkCurrent(isCurrent);
    return token;
  };
  const { groupId, principal } = change;
  const group = groupId === undefined ? undefined : deps.reader.group(tenantId, groupId);
  const members = groupId !== undefined && principal ? await heldMembers(deps.reader, tenantId, groupId) : undefined;
  const member = principal && members?.find(principal);
  try {
    const written = await writeForeign(provider, { connection, signal, getToken }, change, group, member);
    return { state: 'done', written, told: {} };
  } catch (thrown) {
    const error = withoutTokens(thrown);
    const isRefused = isRefusalKind(error.kind);
    return { state: isRefused ? 'refused' : 'uncertain', error, told: {}, isCertain: isRefused };
  }
}
