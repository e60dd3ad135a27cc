import type { ChangeLogQuery, UnfinishedPlan } from '../../core/changes/changeLog.ts';
import type { Change, ChangeOutcome, LoggedChange } from '../../core/changes/changes.ts';
import type { Sql } from '../sql.ts';

interface Row {
  readonly key: number;
  readonly plan: string;
  readonly at: string;
  readonly account: string | null;
  readonly tenant: string;
  readonly tenant_name: string;
  readonly kind: string;
  readonly group_id: string | null;
  readonly group_name: string | null;
  readonly principal: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly in_two_steps: number;
  readonly undoes: string | null;
  readonly outcome: string;
  readonly reason: string | null;
  readonly request_id: string | null;
  readonly is_seen: number | null;
  readonly is_undone: number;
}

/** Newest first. */
export function readChangeLog(sql: Sql, query: ChangeLogQuery): LoggedChange[] {
  const { tenantId, plan, keys, kind, isDone, before, limit } = query;
  return sql
    .all<Row>(
      `SELECT * FROM change_log WHERE (?1 IS NULL OR tenant = ?1) AND (?2 IS NULL OR plan = ?2)
         AND (?3 IS NULL OR key IN (SELECT value FROM json_each(?3))) AND (?4 IS NULL OR key < ?4)
         AND (?5 IS NULL OR kind = ?5) AND (?6 IS NULL OR outcome IN ('begun', 'applied', 'unknown'))
       ORDER BY key DESC LIMIT ?7`,
      tenantId,
      plan,
      keys && JSON.stringify(keys),
      before,
      kind,
      isDone ? 1 : undefined,
      limit,
    )
    .map(entryOf);
}

export function readUnfinishedPlans(sql: Sql): UnfinishedPlan[] {
  return sql
    .all<UnfinishedPlan>(
      `SELECT plan, owner, count(*) AS changes, (SELECT max(at) FROM change_log WHERE plan = open.plan) AS at
       FROM change_log open WHERE outcome IN ('planned', 'begun') GROUP BY plan, owner ORDER BY min(key)`,
    )
    .map(({ plan, owner, changes, at }) => ({ plan, owner, changes, at }));
}

function entryOf(row: Row): LoggedChange {
  const { key, plan, at, account, outcome, reason, request_id: requestId, is_seen: isSeen } = row;
  return {
    key,
    plan,
    at,
    change: changeOf(row),
    outcome: outcome as ChangeOutcome,
    isUndone: row.is_undone === 1,
    ...(account === null ? {} : { account }),
    ...(reason === null ? {} : { reason }),
    ...(requestId === null ? {} : { requestId }),
    ...(isSeen === null ? {} : { isSeen: isSeen === 1 }),
  };
}

function changeOf(row: Row): Change {
  const { tenant, tenant_name, kind, group_id: groupId, group_name: groupName, principal, before, after, undoes } = row;
  return {
    kind: kind as Change['kind'],
    tenantId: tenant,
    tenantName: tenant_name,
    ...(groupId === null ? {} : { groupId }),
    ...(groupName === null ? {} : { groupName }),
    ...(principal === null ? {} : { principal: JSON.parse(principal) }),
    ...(before === null ? {} : { before: JSON.parse(before) }),
    ...(after === null ? {} : { after: JSON.parse(after) }),
    ...(row.in_two_steps === 1 ? { isRemovedAndAdded: true } : {}),
    ...(undoes === null ? {} : { undoes: JSON.parse(undoes) }),
  };
}
