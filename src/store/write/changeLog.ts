import type { LoggedOutcome, NewPlan } from '../../core/changes/changeLog.ts';
import { cleanText } from '../columns.ts';
import type { Sql } from '../sql.ts';

/** See `StoreWriter.logPlan`. */
export function logPlan(sql: Sql, { id, owner, changes }: NewPlan, at: string): readonly number[] {
  return changes.map((change) => {
    const { account, tenantId, tenantName, kind, groupId, groupName, principal, before, after, undoes } = change;
    return sql.insert(
      `INSERT INTO change_log (plan, owner, at, account, tenant, tenant_name, kind, group_id, group_name, principal,
         before, after, in_two_steps, undoes, outcome) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'planned')`,
      ...[id, owner, at, account, tenantId, tenantName, kind, groupId, groupName].map(clean),
      ...[principal, before, after].map(json),
      change.isRemovedAndAdded ? 1 : 0,
      json(undoes),
    );
  });
}

/** See `StoreWriter.logOutcome`. */
export function logOutcome(sql: Sql, keys: readonly number[], told: LoggedOutcome, now: string): readonly number[] {
  const { outcome, reason, requestId, isSeen, groupId, principal, before, isUndone } = told;
  if (told.isGivenUp) return giveUp(sql, keys, reason);
  const written: number[] = [];
  for (const key of keys) {
    const rows = sql.run(
      `UPDATE change_log SET outcome = coalesce(?, outcome), reason = coalesce(?, reason),
         request_id = coalesce(?, request_id), is_seen = coalesce(?, is_seen), group_id = coalesce(?, group_id),
         principal = coalesce(?, principal), before = coalesce(?, before), is_undone = max(is_undone, ?),
         kind = CASE WHEN ? THEN 'changeAccessRight' ELSE kind END, at = CASE WHEN ? THEN ? ELSE at END
       WHERE key = ? AND (outcome = 'planned' OR NOT ?) AND (outcome = 'begun' OR NOT ?)`,
      ...[outcome, reason, requestId].map(clean),
      isSeen === undefined ? undefined : Number(isSeen),
      clean(groupId),
      json(principal),
      json(before),
      isUndone ? 1 : 0,
      before ? 1 : 0,
      outcome === 'begun' ? 1 : 0,
      now,
      key,
      outcome === 'begun' ? 1 : 0,
      told.isAfterwards ? 1 : 0,
    );
    if (rows === 0) continue;
    written.push(key);
    if (outcome !== 'applied' && outcome !== 'unchanged') continue;
    sql.run(
      `UPDATE change_log SET is_undone = 1 WHERE key IN
         (SELECT value FROM json_each((SELECT undoes FROM change_log WHERE key = ?)))`,
      key,
    );
  }
  return written;
}

function giveUp(sql: Sql, keys: readonly number[], reason: string | undefined): readonly number[] {
  return keys.filter((key) =>
    sql.run(
      `UPDATE change_log SET outcome = CASE WHEN outcome = 'planned' OR is_seen = 0 THEN 'notDone' ELSE 'unknown' END, reason = ?
       WHERE key = ? AND outcome IN ('planned', 'begun')`,
      clean(reason),
      key,
    ),
  );
}

function clean(text: string | undefined): string | undefined {
  return text === undefined ? undefined : cleanText(text);
}

function json(value: unknown): string | undefined {
  return value === undefined ? undefined : cleanText(JSON.stringify(value));
}
