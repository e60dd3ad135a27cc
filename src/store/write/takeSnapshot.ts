import type { NewSnapshot } from '../../core/savedSnapshots.ts';
import { groupsListing } from '../listingKeys.ts';
import type { WriteContext } from './context.ts';
import { removeSnapshots } from './deleteSnapshots.ts';
import { locate } from './load.ts';

/** Milliseconds after which nobody compares with a passing snapshot any more: a window closed before it deleted it. */
const passingKept = 60 * 60 * 1000;

/**
 * Keeps how a tenant is now, inside a transaction: what is no more so since the snapshot before is closed, what is new
 * is added. @returns its key, or nothing where nothing was loaded. @throws AppError `notFound`
 */
export function takeSnapshot(
  { sql, now }: WriteContext,
  tenantId: string,
  { name, isAutomatic = false, isPassing = false, unlessSince }: NewSnapshot,
): number | undefined {
  const { tenant } = locate(sql, { list: 'groups', tenantId });
  const isLoaded = sql.get(
    'SELECT 1 FROM listing WHERE tenant = ? AND grp = ? AND as_of IS NOT NULL',
    tenant,
    groupsListing,
  );
  if (!isLoaded) return undefined;
  const isThere =
    unlessSince !== undefined &&
    sql.get('SELECT 1 FROM snapshot WHERE tenant = ? AND is_automatic AND at >= ?', tenant, unlessSince);
  if (isThere) return undefined;
  const passing = sql.all<{ key: number }>(
    'SELECT key FROM snapshot WHERE tenant = ? AND is_passing AND at < ?',
    tenant,
    new Date(Date.parse(now()) - passingKept).toISOString(),
  );
  if (passing.length > 0)
    removeSnapshots(
      sql,
      tenant,
      passing.map(({ key }) => key),
    );
  const before =
    sql.get<{ key: number | null }>('SELECT max(key) AS key FROM snapshot WHERE tenant = ?', tenant)?.key ?? null;
  const key = sql.insert(
    `INSERT INTO snapshot (tenant, at, name, is_automatic, is_passing, as_of, asked, gap_count,
       group_count, member_count)
     VALUES (?1, ?2, ?3, ?4, ?5, (SELECT min(as_of) FROM listing WHERE tenant = ?1 AND grp >= ${groupsListing}),
       (SELECT asked FROM listing WHERE tenant = ?1 AND grp = ${groupsListing}), 0,
       (SELECT count(*) FROM grp WHERE tenant = ?1),
       (SELECT count(*) FROM grp g CROSS JOIN member m ON m.grp = g.key WHERE g.tenant = ?1))`,
    tenant,
    now(),
    name,
    isAutomatic ? 1 : 0,
    isPassing ? 1 : 0,
  );
  sql.run('INSERT OR IGNORE INTO past_group (tenant, id) SELECT tenant, id FROM grp WHERE tenant = ?', tenant);
  for (const { close, add } of [looks, members, gaps]) {
    sql.run(close, tenant, before);
    sql.run(add, tenant, before === null ? 0 : key);
  }
  sql.run(
    'UPDATE snapshot SET gap_count = (SELECT count(*) FROM past_gap WHERE tenant = ?1 AND until IS NULL) WHERE key = ?2',
    tenant,
    key,
  );
  return key;
}

interface Step {
  /** Of rows that are still open: what is not so any more was so until the snapshot before (?2). */
  readonly close: string;
  /** What is new is so since this snapshot (?2), or since 0 in a tenant's first. */
  readonly add: string;
}

const looks: Step = {
  close: `UPDATE past_look AS o SET until = ?2 WHERE until IS NULL
    AND grp IN (SELECT key FROM past_group WHERE tenant = ?1)
    AND NOT EXISTS (SELECT 1 FROM past_group p JOIN grp g ON g.tenant = p.tenant AND g.id = p.id
      WHERE p.key = o.grp AND g.name = o.name AND g.kind = o.kind)`,
  add: `INSERT INTO past_look (grp, name, kind, since)
    SELECT p.key, g.name, g.kind, ?2 FROM grp g JOIN past_group p ON p.tenant = g.tenant AND p.id = g.id
    WHERE g.tenant = ?1 AND NOT EXISTS (SELECT 1 FROM past_look o WHERE o.grp = p.key AND o.until IS NULL)`,
};

// By the principal: a large group would be looked through for each of its members.
const members: Step = {
  close: `UPDATE past_member AS o SET until = ?2 WHERE until IS NULL
    AND grp IN (SELECT key FROM past_group WHERE tenant = ?1)
    AND NOT EXISTS (SELECT 1 FROM past_group p JOIN grp g ON g.tenant = p.tenant AND g.id = p.id
      JOIN member m INDEXED BY member_principal ON m.principal = o.principal AND m.grp = g.key AND m.dup = o.dup AND m.access IS o.access
      WHERE p.key = o.grp)`,
  add: `INSERT INTO past_member (grp, principal, dup, access, since)
    SELECT p.key, m.principal, m.dup, m.access, ?2
    FROM grp g CROSS JOIN past_group p ON p.tenant = g.tenant AND p.id = g.id CROSS JOIN member m ON m.grp = g.key
    WHERE g.tenant = ?1 AND NOT EXISTS (SELECT 1 FROM past_member o
      WHERE o.grp = p.key AND o.principal = m.principal AND o.dup = m.dup AND o.until IS NULL)`,
};

/** Which listings are not complete now. */
const gapsNow = `
  SELECT 0 AS grp, state FROM listing WHERE tenant = ?1 AND grp = ${groupsListing} AND state <> 'complete'
  UNION ALL
  SELECT p.key, coalesce(l.state, 'notLoaded') FROM grp g
  CROSS JOIN past_group p ON p.tenant = g.tenant AND p.id = g.id
  LEFT JOIN listing l ON l.tenant = g.tenant AND l.grp = g.key
  WHERE g.tenant = ?1 AND coalesce(l.state, '') <> 'complete'`;

const gaps: Step = {
  close: `WITH held (grp, state) AS MATERIALIZED (${gapsNow})
    UPDATE past_gap SET until = ?2 WHERE tenant = ?1 AND until IS NULL AND (grp, state) NOT IN (SELECT grp, state FROM held)`,
  add: `WITH held (grp, state) AS MATERIALIZED (${gapsNow})
    INSERT INTO past_gap (tenant, grp, state, since) SELECT ?1, grp, state, ?2 FROM held
    WHERE grp NOT IN (SELECT grp FROM past_gap WHERE tenant = ?1 AND until IS NULL)`,
};
