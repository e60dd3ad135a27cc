import type { Change, ChangeResult, Plan, PlanResult } from '../../core/changes/changes.ts';
import type { ApplyOptions } from '../../core/changes/pipeline.ts';
import { type AppError, toAppError } from '../../core/errors.ts';
import { listingId } from '../../core/listing.ts';
import { carryOut } from './carryOut.ts';
import type { ChangeDeps } from './deps.ts';
import { listingShowing } from './effect.ts';
import { lookForAll } from './readBack.ts';

/** A change with its place in the plan. */
interface Entry {
  readonly change: Change;
  readonly key: number;
  readonly index: number;
}

const heldBack = 'Left as it is, because a change before it in this group did not succeed.';

/**
 * Carries out a plan whose changes are in the log by these keys. Never throws.
 * @param closing ends what is under way; what the log says then is `begun`
 */
export async function applyPlan(
  deps: ChangeDeps,
  { changes }: Plan,
  keys: readonly number[],
  { signal, onProgress }: ApplyOptions,
  closing: AbortSignal,
): Promise<PlanResult> {
  const results: (ChangeResult | undefined)[] = changes.map(() => undefined);
  let stop: AppError | undefined;
  // The other tenants' services may well go on.
  const tenantStops = new Map<string, AppError>();
  let done = 0;
  const isEnded = (tenantId: string) =>
    stop !== undefined || tenantStops.has(tenantId) || signal.aborted || closing.aborted;

  function settle({ index }: Entry, result: ChangeResult): void {
    results[index] = result;
    done += 1;
    onProgress?.({ done, total: changes.length });
  }

  async function runChain(chain: readonly Entry[]): Promise<void> {
    let hasFailedGrant = false;
    for (const entry of chain) {
      const { change, key } = entry;
      const { tenantId } = change;
      if (isEnded(tenantId)) return;
      if (hasFailedGrant && takesAway(change)) {
        await deps.writer.logOutcome([key], { outcome: 'notDone', reason: heldBack });
        settle(entry, { change, key, outcome: 'notDone', reason: heldBack });
        continue;
      }
      const carried = await carryOut(deps, change, key, { signal: closing, isCancelled: () => isEnded(tenantId) });
      settle(entry, carried.result);
      stop ??= carried.stop;
      if (carried.tenantStop && !tenantStops.has(tenantId)) tenantStops.set(tenantId, carried.tenantStop);
      const { outcome } = carried.result;
      if (outcome !== 'applied' && outcome !== 'unchanged' && change.kind !== 'removeMember') hasFailedGrant = true;
    }
  }

  /** What the service said it did, the group is asked for. */
  async function verify(entries: readonly Entry[]): Promise<void> {
    const meant = entries.filter(({ index }) => {
      const result = results[index];
      return result?.outcome === 'applied' && result.isSeen === undefined && listingShowing(result.change);
    });
    if (meant.length === 0 || closing.aborted) return;
    const effects = await lookForAll(
      deps,
      meant.map(({ change, index }) => results[index]?.change ?? change),
      closing,
    );
    for (const isSeen of [true, false]) {
      const same = meant.filter((_, at) => effects[at]?.isThere === isSeen);
      await deps.writer.logOutcome(
        same.map(({ key }) => key),
        { isSeen },
      );
      for (const { index } of same) {
        const result = results[index];
        if (result) results[index] = { ...result, isSeen };
      }
    }
  }

  const entries = changes.map((change, index): Entry => ({ change, key: keys[index] ?? 0, index }));
  const chains = groupBy(entries, chainOf);
  const queue = [...chains];
  const late: Entry[] = [];
  const looks: Promise<void>[] = [];
  const notVerified = (error: unknown) => deps.log.error('What was changed could not be looked at.', error);
  const work = async () => {
    for (let chain = queue.shift(); chain; chain = queue.shift()) {
      try {
        await runChain(chain);
        const isOfMembers = ({ change }: Entry) => listingShowing(change)?.list === 'members';
        const ofMembers = chain.filter(isOfMembers);
        // Not waited for here: the next group's changes may go on meanwhile.
        looks.push(verify(ofMembers).catch(notVerified));
        late.push(...chain.filter((entry) => !isOfMembers(entry)));
      } catch (error) {
        // The log cannot be written: nothing more is done that nobody would know of.
        stop ??= toAppError(error);
      }
    }
  };
  // Twice as many as requests, which pass a gate: while one is written into the log, the next one is sent already.
  await Promise.all(Array.from({ length: Math.max(1, deps.concurrency()) * 2 }, work));
  await Promise.all(looks);
  // One look at a tenant's groups tells of all of them.
  for (const same of groupBy(late, ({ change }) => change.tenantId)) await verify(same).catch(notVerified);

  const reasonOf = ({ change }: Entry) => (tenantStops.get(change.tenantId) ?? stop)?.message ?? 'Cancelled.';
  const left = entries.filter(({ index }) => results[index] === undefined);
  // When the window closes, the log keeps what was left as it is: the next start tells of it.
  for (const same of closing.aborted ? [] : groupBy(left, reasonOf)) {
    const [first] = same;
    await deps.writer
      .logOutcome(
        same.map(({ key }) => key),
        { outcome: 'notDone', reason: first ? reasonOf(first) : '' },
      )
      .catch((error: unknown) => deps.log.error('The change log could not be written.', error));
  }
  const ends = [...(stop ? [stop] : []), ...tenantStops.values()];
  return {
    results: entries.map((entry) => {
      const { change, key, index } = entry;
      return results[index] ?? { change, key, outcome: 'notDone' as const, reason: reasonOf(entry) };
    }),
    ...(ends.length + left.length > 0 ? { stopped: stoppedBy(ends) } : {}),
  };
}

function stoppedBy(ends: readonly AppError[]): NonNullable<PlanResult['stopped']> {
  const [first] = ends;
  const retryAt = ends.flatMap((one) => one.retryAt?.toISOString() ?? []).toSorted()[0];
  const isCancelled = first === undefined || first.kind === 'cancelled';
  return { reason: first?.message ?? 'Cancelled.', isCancelled, ...(retryAt ? { retryAt } : {}) };
}

/** Changes with the same are done one after the other. */
function chainOf({ change, index }: Entry): string {
  const { tenantId, groupId } = change;
  return groupId === undefined ? `${index}` : listingId({ list: 'members', tenantId, groupId });
}

function groupBy(entries: readonly Entry[], keyOf: (entry: Entry) => string): readonly (readonly Entry[])[] {
  return [...Map.groupBy(entries, keyOf).values()];
}

/** Somebody may have less access by it than before. */
function takesAway({ kind }: Change): boolean {
  return kind === 'removeMember' || kind === 'changeAccessRight' || kind === 'deleteGroup';
}
