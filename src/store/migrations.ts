import type { DatabaseSync } from 'node:sqlite';
import { wordStarts } from '../core/text/searchText.ts';
import { schema } from './schema.ts';
import { currentVersion, storeVersion } from './version.ts';

/** Who is signed in to a tenant, and how often its secret was replaced. */
const sessions = `
ALTER TABLE tenant ADD COLUMN account_id TEXT;
ALTER TABLE tenant ADD COLUMN signed_out INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tenant ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
`;

/** Where groups are looked up by any three characters of their names. */
const groupNames = `
CREATE VIRTUAL TABLE group_part USING fts5 (
  text, tokenize = 'trigram remove_diacritics 1', detail = none, content = '', contentless_delete = 1
);
INSERT INTO group_part (rowid, text) SELECT key, folded FROM grp;
CREATE TRIGGER grp_named AFTER INSERT ON grp BEGIN
  INSERT INTO group_part (rowid, text) VALUES (new.key, new.folded);
END;
CREATE TRIGGER grp_renamed AFTER UPDATE OF folded ON grp WHEN new.folded <> old.folded BEGIN
  DELETE FROM group_part WHERE rowid = old.key;
  INSERT INTO group_part (rowid, text) VALUES (new.key, new.folded);
END;
CREATE TRIGGER grp_unnamed AFTER DELETE ON grp BEGIN
  DELETE FROM group_part WHERE rowid = old.key;
END;
`;

/** Keys of the groups that the user put first, in JSON; some may be gone. */
const pins = `
ALTER TABLE tenant ADD COLUMN pins TEXT;
`;

/**
 * Snapshots. A row of the past says since which snapshot it is so (0: since the tenant's first) and until which one (NULL:
 * it is so in the newest). So a snapshot of a tenant in which nothing changed is one row, and what changed is found by
 * indexes that hold nothing else.
 * - past_look: a group under one name. past_gap: a listing that was not complete; grp 0 is the tenant's groups.
 * - No foreign keys, as for memberships: a trigger takes out what belongs to a group of the past.
 */
const snapshots = `
CREATE TABLE snapshot (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant INTEGER NOT NULL REFERENCES tenant ON DELETE CASCADE,
  at TEXT NOT NULL,
  name TEXT,
  is_automatic INTEGER NOT NULL,
  is_passing INTEGER NOT NULL,
  as_of TEXT,
  gap_count INTEGER NOT NULL,
  group_count INTEGER NOT NULL,
  member_count INTEGER NOT NULL
) STRICT;
CREATE INDEX snapshot_taken ON snapshot (tenant, key);
CREATE TABLE past_group (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant INTEGER NOT NULL REFERENCES tenant ON DELETE CASCADE,
  id TEXT NOT NULL,
  UNIQUE (tenant, id)
) STRICT;
CREATE TABLE past_look (
  grp INTEGER NOT NULL,
  name TEXT NOT NULL,
  kind INTEGER NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER,
  PRIMARY KEY (grp, since)
) STRICT, WITHOUT ROWID;
CREATE TABLE past_member (
  grp INTEGER NOT NULL,
  principal INTEGER NOT NULL,
  dup INTEGER NOT NULL,
  access INTEGER,
  since INTEGER NOT NULL,
  until INTEGER,
  PRIMARY KEY (grp, principal, dup, since)
) STRICT, WITHOUT ROWID;
CREATE INDEX past_member_came ON past_member (grp, since) WHERE since > 0;
CREATE INDEX past_member_left ON past_member (grp, until) WHERE until IS NOT NULL;
CREATE TABLE past_gap (
  tenant INTEGER NOT NULL REFERENCES tenant ON DELETE CASCADE,
  grp INTEGER NOT NULL,
  state TEXT NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER,
  PRIMARY KEY (tenant, grp, since)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER past_group_deleted AFTER DELETE ON past_group BEGIN
  DELETE FROM past_look WHERE grp = old.key;
  DELETE FROM past_member WHERE grp = old.key;
  DELETE FROM past_gap WHERE grp = old.key;
END;
`;

/**
 * Findings that somebody decided to live with: by the services' ids, so that they outlive the rows that are loaded. An
 * empty text where a finding is about no group, no member, or no right.
 */
const ignoredFindings = `
CREATE TABLE ignored_finding (
  tenant INTEGER NOT NULL REFERENCES tenant ON DELETE CASCADE,
  finding TEXT NOT NULL,
  group_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  access TEXT NOT NULL,
  reason TEXT NOT NULL,
  ignored_by TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (tenant, finding, group_id, member_id, access)
) STRICT, WITHOUT ROWID;
`;

/** What the list of groups was asked with when it was last read to its end, see `askedWith`; NULL: not known. */
const asked = `
ALTER TABLE listing ADD COLUMN asked TEXT;
ALTER TABLE snapshot ADD COLUMN asked TEXT;
`;

/** Whether a change is of what the user marked, rather than of what was loaded. */
const marks = `
ALTER TABLE change ADD COLUMN is_mark INTEGER NOT NULL DEFAULT 0;
`;

/**
 * Whether a tenant's access may be changed, and what was changed. The log names tenants, groups and principals by the
 * services' ids and by their names then: it outlives all of them, and nothing but its own rows is forgotten with it.
 * - owner: the window that carries the plan out. before, after, principal, undoes: JSON.
 */
const changeLog = `
ALTER TABLE tenant ADD COLUMN allows_changes INTEGER NOT NULL DEFAULT 0;
CREATE TABLE change_log (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  plan TEXT NOT NULL,
  owner TEXT NOT NULL,
  at TEXT NOT NULL,
  account TEXT,
  tenant TEXT NOT NULL,
  tenant_name TEXT NOT NULL,
  kind TEXT NOT NULL,
  group_id TEXT,
  group_name TEXT,
  principal TEXT,
  before TEXT,
  after TEXT,
  in_two_steps INTEGER NOT NULL DEFAULT 0,
  undoes TEXT,
  outcome TEXT NOT NULL,
  reason TEXT,
  request_id TEXT,
  is_seen INTEGER,
  is_undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX change_log_plan ON change_log (plan);
CREATE INDEX change_log_tenant ON change_log (tenant, key);
CREATE INDEX change_log_open ON change_log (owner) WHERE outcome IN ('planned', 'begun');
`;

/** Where groups are looked up by how the words of their names begin; who writes a group's name writes it here, too. */
function groupStarts(db: DatabaseSync): void {
  db.exec(`
    CREATE VIRTUAL TABLE group_start USING fts5 (text, detail = none, content = '', contentless_delete = 1);
    CREATE TRIGGER grp_unstarted AFTER DELETE ON grp BEGIN
      DELETE FROM group_start WHERE rowid = old.key;
    END;`);
  const add = db.prepare('INSERT INTO group_start (rowid, text) VALUES (?, ?)');
  for (const { key, folded } of db.prepare('SELECT key, folded FROM grp').all())
    add.run(Number(key), wordStarts(String(folded)));
}

/**
 * Who writes a group's name writes it here himself: with a trigger, each group inserted is a statement that could be
 * undone alone, for which the search tables write out what they hold, and that takes five times as long as the rest.
 */
const groupNamesByHand = `
DROP TRIGGER grp_named;
DROP TRIGGER grp_renamed;
`;

/**
 * One step a version, in order; a published step is never edited. Steps only add: an older version of the extension
 * still reads what a newer one wrote.
 */
export const migrations: readonly (string | ((db: DatabaseSync) => void))[] = [
  ...[schema, sessions, groupNames, pins, snapshots, ignoredFindings, changeLog, asked, marks],
  groupStarts,
  groupNamesByHand,
];

/** Brings a store to the current version. Two windows may do so at once: one waits for the other. */
export function migrate(db: DatabaseSync): void {
  if (storeVersion(db) >= currentVersion) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const step of migrations.slice(storeVersion(db))) {
      if (typeof step === 'string') db.exec(step);
      else step(db);
    }
    if (storeVersion(db) < currentVersion) db.exec(`PRAGMA user_version = ${currentVersion}`);
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}
