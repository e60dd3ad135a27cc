import type { Change, ChangeOutcome, ChangeResult } from '../../core/changes.ts';
import { type AppError, isAppError } from '../../core/errors.ts';
import { heldMembers } from '../../core/heldMembers.ts';
import type { LoggedOutcome } from '../../core/store.ts';
import type { ChangeDeps } from './deps.ts';
import { lookFor } from './readBack.ts';
import { rulesOf } from './world.ts';
import { type Sent, type WriteOptions, writeChange } from './writeChange.ts';

/** What carrying out one change came to. */
export interface CarriedOut {
  readonly result: ChangeResult;
  /** Why there is no use in going on with others. */
  readonly stop?: AppError;
}

/**
 * Carries out one change: into the log, to the service, and what became of it into the log.
 * @throws AppError when the log cannot be written; nothing was sent if the change is not `begun` there
 */
export async function carryOut(
  deps: ChangeDeps,
  change: Change,
  key: number,
  options: WriteOptions,
): Promise<CarriedOut> {
  await deps.writer.logOutcome([key], { outcome: 'begun' });
  const sent = await writeChange(deps, change, options);
  const { told, stop } = await judge(deps, change, sent, options);
  await deps.writer.logOutcome([key], told);
  const { outcome = 'begun', reason, isSeen, groupId, principal, before } = told;
  const done: Change = {
    ...change,
    ...(groupId === undefined ? {} : { groupId }),
    ...(principal ? { principal } : {}),
    ...(before ? { kind: 'changeAccessRight', before } : {}),
  };
  const result = { change: done, key, outcome, ...(reason === undefined ? {} : { reason }) };
  return { result: isSeen === undefined ? result : { ...result, isSeen }, ...(stop ? { stop } : {}) };
}

interface Judged {
  readonly told: LoggedOutcome;
  readonly stop?: AppError;
}

async function judge(deps: ChangeDeps, change: Change, sent: Sent, options: WriteOptions): Promise<Judged> {
  if (sent.state === 'done') {
    const { isUnchanged, ...written } = sent.written ?? {};
    return { told: { ...sent.told, ...written, outcome: isUnchanged ? 'unchanged' : 'applied' } };
  }
  const { error, told } = sent;
  if (sent.state === 'uncertain') return judgeByLooking(deps, change, sent, options);
  const stop = isEndOfAll(error) ? { stop: error } : {};
  if (change.kind === 'addMember' && isAppError(error, 'conflict')) {
    return judgeMemberThere(deps, change, sent, options);
  }
  if (change.kind === 'removeMember' && isAppError(error, 'notFound')) {
    const effect = await lookFor(deps, change, options.signal);
    if (effect?.isThere) return { told: { ...told, outcome: 'unchanged', reason: error.message, isSeen: true } };
  }
  // What the plan stops at was not even looked at by the service.
  const outcome = stop.stop ? 'notDone' : 'failed';
  return { told: { ...told, outcome, reason: error.message }, ...stop };
}

type Failed = Exclude<Sent, { readonly state: 'done' }>;

/** The service did not say, or a change of several requests got half way: the group says. */
async function judgeByLooking(
  deps: ChangeDeps,
  change: Change,
  { error, told, isCertain }: Failed,
  { signal }: WriteOptions,
): Promise<Judged> {
  // The window closes: the log says that it was begun, and the next start tells so.
  if (signal.aborted) return { told, stop: error };
  const effect = await lookFor(deps, change, signal);
  if (signal.aborted) return { told, stop: error };
  const stop = isEndOfAll(error) ? { stop: error } : {};
  if (effect?.isThere) {
    const { groupId } = effect;
    const found = { ...told, ...(groupId === undefined ? {} : { groupId }) };
    return { told: { ...found, outcome: 'applied', isSeen: true, reason: error.message } };
  }
  const outcome: ChangeOutcome = isCertain && effect ? 'failed' : 'unknown';
  const isBetween = effect !== undefined && !effect.isAsBefore;
  const reason = isBetween
    ? `${error.message} The group now shows neither how it was nor how it was to be.`
    : error.message;
  return { told: { ...told, outcome, reason, ...(effect ? { isSeen: false } : {}) }, ...stop };
}

/** Who was to be added is there already: with the same right nothing is left to do, else their right is changed. */
async function judgeMemberThere(
  deps: ChangeDeps,
  change: Change,
  { error, told }: Failed,
  options: WriteOptions,
): Promise<Judged> {
  const failed: Judged = { told: { ...told, outcome: 'failed', reason: error.message } };
  const effect = await lookFor(deps, change, options.signal);
  if (effect?.isThere) return { told: { ...told, outcome: 'unchanged', isSeen: true } };
  const { groupId, principal, tenantId } = change;
  if (!effect || groupId === undefined || !principal || options.isCancelled()) return failed;
  const right = (await heldMembers(deps.reader, tenantId, groupId)).find(principal)?.accessRight;
  const tenant = deps.reader.tenant(tenantId);
  // Where a right is changed by removing and adding, that was not agreed to.
  const rules = tenant && (await rulesOf(deps, tenant.provider));
  if (right === undefined || !rules || rules.isRemovedAndAdded?.(tenant.connection)) return failed;
  const before = { accessRight: right };
  const converted: Change = { ...change, kind: 'changeAccessRight', before };
  // The log must know what was there before that is gone.
  const judged = await judge(deps, converted, await writeChange(deps, converted, options), options);
  return { ...judged, told: { ...judged.told, before } };
}

/** Nothing that is sent after it fares better. */
function isEndOfAll({ kind, isCircuitBroken }: AppError): boolean {
  const kinds: readonly AppError['kind'][] = ['notSignedIn', 'throttled', 'offline', 'timeout', 'unavailable'];
  return isCircuitBroken || kinds.includes(kind) || kind === 'cancelled';
}
