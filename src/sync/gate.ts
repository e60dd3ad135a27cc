import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen, isBrokenCircuitError } from 'cockatiel';
import { AppError, isAppError } from '../core/errors.ts';
import { longestWait } from '../core/http/retry.ts';
import type { Budget } from '../core/provider/budget.ts';
import type { StoreWriter } from '../core/store.ts';
import { createLimiter } from './limiter.ts';

export interface GateOptions {
  readonly signal: AbortSignal;
  /** Whether a person waits for it now. */
  isUrgent(): boolean;
  readonly budget?: Budget;
}

/** What every request of a tenant passes: its turn, the service's budgets, and the tenant's circuit breaker. */
export interface Gate {
  /**
   * Runs one attempt of a request.
   * @throws AppError `throttled` when the budget is used up, what the attempt throws, or what failed before while the
   * circuit is broken
   */
  run<T>(attempt: () => Promise<T>, options: GateOptions): Promise<T>;
  /** Sends nothing while a request waits because the service asked it to. */
  hold(until: Promise<unknown>): void;
}

interface GateDeps {
  readonly writer: Pick<StoreWriter, 'spend' | 'exhaust'>;
  concurrency(): number;
}

/** After so many failures in a row nothing is sent in the background for a while, then one attempt as a trial. */
const breaksAfter = 20;
const trialAfter = 10_000;

/** One gate a tenant. */
export function createGates(deps: GateDeps): (tenantId: string) => Gate {
  const gates = new Map<string, Gate>();
  return (tenantId) => {
    const gate = gates.get(tenantId) ?? createGate(deps);
    gates.set(tenantId, gate);
    return gate;
  };
}

function createGate({ writer, concurrency }: GateDeps): Gate {
  const limiter = createLimiter(concurrency);
  const breaker = circuitBreaker(
    handleWhen((error) => isAppError(error) && isOutage(error)),
    { halfOpenAfter: trialAfter, breaker: new ConsecutiveBreaker(breaksAfter) },
  );
  let lastFailure: AppError | undefined;

  async function attemptWithin<T>(attempt: () => Promise<T>, budget: Budget | undefined): Promise<T> {
    if (budget) {
      const { waitUntil } = await writer.spend(budget.key, budget.limits);
      if (waitUntil !== undefined) throw usedUp(waitUntil);
    }
    try {
      return await attempt();
    } catch (error) {
      if (isAppError(error, 'throttled')) {
        limiter.slowDown();
        const { retryAt } = error;
        // A long wait ends the listing instead; what a person asks for meanwhile may try its luck.
        const isWaitedOut = retryAt !== undefined && retryAt.getTime() - Date.now() <= longestWait;
        if (budget && isWaitedOut) await writer.exhaust(budget.key, retryAt.toISOString());
      }
      if (isAppError(error) && isOutage(error)) lastFailure = error;
      throw error;
    }
  }

  return {
    run: (attempt, { signal, isUrgent, budget }) =>
      limiter.run(
        async () => {
          // What a person asks for is sent in any case, and is as good a trial as any.
          if (breaker.state === CircuitState.Open && isUrgent()) {
            const value = await attemptWithin(attempt, budget);
            breaker.isolate().dispose();
            return value;
          }
          try {
            return await breaker.execute(() => attemptWithin(attempt, budget), signal);
          } catch (error) {
            throw isBrokenCircuitError(error) ? broken(lastFailure) : error;
          }
        },
        { signal, isUrgent },
      ),
    hold: limiter.hold,
  };
}

/** The network or the service; without a status, `unavailable` is our own store. */
function isOutage({ kind, status }: AppError): boolean {
  return kind === 'offline' || kind === 'timeout' || (kind === 'unavailable' && status !== undefined);
}

function usedUp(waitUntil: string): AppError {
  return new AppError(
    'throttled',
    'The service allows only so many of these requests in a time, and they are used up.',
    {
      retryAt: new Date(waitUntil),
    },
  );
}

/** The same kind as what failed before, told to be not worth trying again now. */
function broken(last: AppError | undefined): AppError {
  const message = `The service failed ${breaksAfter} times in a row, so nothing is sent for a moment. ${last?.message ?? ''}`;
  return new AppError(last?.kind ?? 'unavailable', message.trim(), { isCircuitBroken: true });
}
