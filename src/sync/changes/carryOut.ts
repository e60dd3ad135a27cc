import type { LoggedOutcome } from '../../core/changes/changeLog.ts';
import type { Change, ChangeOutcome, ChangeResult } from '../../core/changes/changes.ts';
import { heldMembers } from '../../core/changes/heldMembers.ts';
import { AppError, isAppError, toAppError } from '../../core/errors.ts';
import type { ChangeDeps } from './deps.ts';
import { type Effect, groupsNamed } from './effect.ts';
import { lookFor } from './readBack.ts';
import { rulesOf } from './world.ts';
import { type Sent, type WriteOptions, writeChange } from './writeChange.ts';

/** What carrying out one change came to. */
export interface CarriedOut {
  readonly result: ChangeResult;
  /** Why there is no use in going on with others. */
  readonly stop?: AppError;
  /** Why there is none in going on with others of the same tenant. */
  readonly tenantStop?: AppError;
}

/**
 * Carries out one change: into the log, to the service, and what became of it into the log. Where that cannot be written
 * any more the log says `begun`, and the plan stops.
 * @throws AppError when the change cannot be written as `begun`, or another window gave it up: then nothing was sent
 */
export async function carryOut(
  deps: ChangeDeps,
  change: Change,
  key: number,
  options: WriteOptions,
): Promise<CarriedOut> {
  const [isOurs] = await deps.writer.logOutcome([key], { outcome: 'begun' });
  // This window was silent for long, as a computer that slept is, and was taken for closed.
  if (isOurs === undefined) throw new AppError('conflict', 'Another window went on with these changes meanwhile.');
  const earlier = groupsBefore(deps, change);
  const sent = await writeChange(deps, change, options);
  const judged = await judge(deps, change, sent, { ...options, key, earlier });
  const unlogged = await logAfter(deps, key, judged.told);
  const told = unlogged ? withReason(judged.told, unlogged) : judged.told;
  const { outcome = 'begun', reason, isSeen, groupId, principal, before } = told;
  const done: Change = {
    ...change,
    ...(groupId === undefined ? {} : { groupId }),
    ...(principal ? { principal } : {}),
    ...(before ? { kind: 'changeAccessRight', before } : {}),
  };
  const result = { change: done, key, outcome, ...(reason === undefined ? {} : { reason }) };
  return { result: isSeen === undefined ? result : { ...result, isSeen }, ...stops(judged.stop, unlogged) };
}

/** Only the service of its own tenant said so; what ends the window's work ends all. */
function stops(ofService: AppError | undefined, unlogged: AppError | undefined): Omit<CarriedOut, 'result'> {
  const stop = unlogged ?? (ofService?.kind === 'cancelled' ? ofService : undefined);
  return { ...(stop ? { stop } : {}), ...(ofService ? { tenantStop: ofService } : {}) };
}

/** The groups that are called as one that is to be made: it is none of them. */
function groupsBefore({ reader }: ChangeDeps, { kind, tenantId, after }: Change): ReadonlySet<string> {
  return new Set(kind === 'createGroup' ? groupsNamed(reader, tenantId, after?.name ?? '') : []);
}

/** Answers why the log could not be written, if so. */
async function logAfter({ writer, log }: ChangeDeps, key: number, told: LoggedOutcome): Promise<AppError | undefined> {
  try {
    await writer.logOutcome([key], told);
    return undefined;
  } catch (error) {
    log.error('What became of a change could not be written into the change log.', error);
    return toAppError(error);
  }
}

function withReason(told: LoggedOutcome, { message }: AppError): LoggedOutcome {
  const why = `It could not be written into the change log: ${message}`;
  return { ...told, reason: told.reason === undefined ? why : `${told.reason} ${why}` };
}

interface JudgeOptions extends WriteOptions {
  /** Of the change's entry in the log. */
  readonly key: number;
  readonly earlier: ReadonlySet<string>;
}

interface Judged {
  readonly told: LoggedOutcome;
  readonly stop?: AppError;
}

async function judge(deps: ChangeDeps, change: Change, sent: Sent, options: JudgeOptions): Promise<Judged> {
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
  { signal, earlier }: JudgeOptions,
): Promise<Judged> {
  // The window closes: the log says that it was begun, and the next start tells so.
  if (signal.aborted) return { told, stop: error };
  const meant = told.groupId === undefined ? change : { ...change, groupId: told.groupId };
  const effect = await lookFor(deps, meant, signal, earlier);
  if (signal.aborted) return { told, stop: error };
  const stop = isEndOfAll(error) ? { stop: error } : {};
  if (effect?.isThere) {
    const { groupId } = effect;
    const found = { ...told, ...(groupId === undefined ? {} : { groupId }) };
    return { told: { ...found, outcome: 'applied', isSeen: true, reason: error.message } };
  }
  // Half done is neither refused nor done: it can be gone on with, and taken back.
  const isHalf = change.isRemovedAndAdded && !effect?.isAsBefore;
  const outcome: ChangeOutcome = isCertain && effect && !isHalf ? 'failed' : 'unknown';
  const reason = `${error.message}${betweenWords(change, effect)}`;
  return { told: { ...told, outcome, reason, ...(effect ? { isSeen: false } : {}) }, ...stop };
}

function betweenWords({ isRemovedAndAdded }: Change, effect: Effect | undefined): string {
  if (effect?.isAsBefore) return '';
  if (isRemovedAndAdded) {
    return effect
      ? ' The member was removed and not added again: they have no access until the rest is tried again.'
      : ' The member may have been removed and not added again: look at the group, and try the rest again.';
  }
  return effect ? ' The group now shows neither how it was nor how it was to be.' : '';
}

/** Who was to be added is there already: with the same right nothing is left to do, else their right is changed. */
async function judgeMemberThere(
  deps: ChangeDeps,
  change: Change,
  { error, told }: Failed,
  options: JudgeOptions,
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
  // That an administrator is one no more was not agreed to, either: perhaps it is the last one.
  if (rules.access?.rights?.admin.includes(right)) {
    const reason = `${error.message} They are a member with the right ${right} now. Try again to change that.`;
    return { told: { ...failed.told, reason } };
  }
  const before = { accessRight: right };
  const converted: Change = { ...change, kind: 'changeAccessRight', before };
  // The log must know what was there before that is gone.
  await deps.writer.logOutcome([options.key], { before });
  const judged = await judge(deps, converted, await writeChange(deps, converted, options), options);
  return { ...judged, told: { ...judged.told, before } };
}

/** Nothing that is sent after it fares better. */
function isEndOfAll({ kind, isCircuitBroken }: AppError): boolean {
  const kinds: readonly AppError['kind'][] = ['notSignedIn', 'throttled', 'offline', 'timeout', 'unavailable'];
  return isCircuitBroken || kinds.includes(kind) || kind === 'cancelled';
}
