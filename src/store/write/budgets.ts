import type { BudgetAnswer, BudgetLimit } from '../../core/provider/budget.ts';
import type { Sql } from '../sql.ts';

/** Counts one use of a budget, or says when there will be room for it; inside a transaction. Times in milliseconds. */
export function spend(sql: Sql, budget: string, limits: readonly BudgetLimit[], now: number): BudgetAnswer {
  const longest = Math.max(0, ...limits.map(({ within }) => within));
  trim(sql, budget, longest, now);
  const uses = sql
    .all<{ at: number }>('SELECT at FROM budget_use WHERE budget = ? ORDER BY at', budget)
    .map(({ at }) => at);
  const time = nextRoom(uses, limits, Math.max(now, pausedUntil(sql, budget, now)));
  if (time > now) return { waitUntil: new Date(Math.min(time, latest)).toISOString() };
  sql.run('INSERT INTO budget_use (budget, at) VALUES (?, ?)', budget, now);
  return {};
}

/** The last time that can be told as ISO 8601: what is never allowed is allowed then. */
const latest = Date.UTC(9999, 11, 31);

/** Remembers that the service gives nothing of a budget until then, inside a transaction. */
export function exhaust(sql: Sql, budget: string, until: number, now: number): void {
  sql.run(
    `INSERT INTO budget_pause (budget, said, until) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET said = excluded.said, until = excluded.until`,
    budget,
    now,
    Math.max(until, pausedUntil(sql, budget, now)),
  );
}

/**
 * Forgets what no window reaches any more. Uses that lie further ahead than any window is long were made before the
 * clock was set back: nobody knows how long ago, so they count as made now, and no longer than a window.
 */
function trim(sql: Sql, budget: string, longest: number, now: number): void {
  sql.run('DELETE FROM budget_use WHERE budget = ? AND at <= ?', budget, now - longest);
  sql.run('UPDATE budget_use SET at = ?1 WHERE budget = ?2 AND at >= ?3', now, budget, now + longest);
}

/** The first time, from `from` on, at which every window has room for one use more. */
function nextRoom(uses: readonly number[], limits: readonly BudgetLimit[], from: number): number {
  let time = from;
  for (let isSettled = false; !isSettled; ) {
    isSettled = true;
    for (const { most, within } of limits) {
      // Those that lie ahead, as the clock was set back a little, may have been made just now.
      const held = uses.filter((at) => at > time - within);
      if (held.length < most) continue;
      const leaving = held[held.length - most];
      if (leaving === undefined) return Number.POSITIVE_INFINITY;
      time = leaving + within;
      isSettled = false;
    }
  }
  return time;
}

/** Until when a service said to wait; counted from now where the clock was set back since it said so. */
function pausedUntil(sql: Sql, budget: string, now: number): number {
  const pause = sql.get<{ said: number; until: number }>(
    'SELECT said, until FROM budget_pause WHERE budget = ?',
    budget,
  );
  if (!pause) return 0;
  const { said, until } = pause;
  if (until <= now) {
    sql.run('DELETE FROM budget_pause WHERE budget = ?', budget);
    return 0;
  }
  if (said <= now) return until;
  const shifted = until - (said - now);
  sql.run('UPDATE budget_pause SET said = ?, until = ? WHERE budget = ?', now, shifted, budget);
  return shifted;
}
