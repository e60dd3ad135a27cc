/**
 * The first version of the store. What it is built for:
 * - A principal's content is kept once and shared by all memberships that show the same content; a membership is a few
 *   small integers. That is what keeps a million memberships small.
 * - `word` holds what few rows differ in: access rights, types, and the shapes of `details`.
 * - Keys are never used again (AUTOINCREMENT), so a key that another window remembers never names someone else.
 */
export const schema = `
CREATE TABLE tenant (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  provider TEXT NOT NULL,
  name TEXT NOT NULL,
  account TEXT,
  connection TEXT NOT NULL,
  is_sample INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE word (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant INTEGER NOT NULL REFERENCES tenant ON DELETE CASCADE,
  text TEXT NOT NULL,
  UNIQUE (tenant, text)
) STRICT;

-- original: the service's own id where it differs from id. gen, pos: the load that brought the row, and where in it.
CREATE TABLE grp (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant INTEGER NOT NULL REFERENCES tenant ON DELETE CASCADE,
  id TEXT NOT NULL,
  original TEXT,
  name TEXT NOT NULL,
  sort_key TEXT NOT NULL,
  folded TEXT NOT NULL,
  kind INTEGER NOT NULL,
  shape INTEGER NOT NULL,
  rest TEXT NOT NULL,
  gen INTEGER NOT NULL,
  pos INTEGER NOT NULL,
  UNIQUE (tenant, id)
) STRICT;
-- Holds all that a filter looks at.
CREATE INDEX grp_sorted ON grp (tenant, sort_key, key, folded, id, original);
CREATE INDEX grp_sent ON grp (tenant, gen DESC, pos);

-- hash: of the content, so that equal content is found again. identifier: where it differs from id.
-- unnamed: only the id is known. object: the id by which other services and groups know the same one, see objectIdOf;
-- is_group: a group in a group.
CREATE TABLE principal (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant INTEGER NOT NULL REFERENCES tenant ON DELETE CASCADE,
  id TEXT NOT NULL,
  hash INTEGER NOT NULL,
  unnamed INTEGER NOT NULL DEFAULT 0,
  folded TEXT NOT NULL,
  sort_key TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT,
  identifier TEXT,
  type INTEGER NOT NULL,
  source INTEGER,
  object TEXT,
  is_group INTEGER NOT NULL DEFAULT 0,
  shape INTEGER NOT NULL,
  rest TEXT NOT NULL,
  UNIQUE (tenant, id, hash)
) STRICT;
CREATE INDEX principal_unnamed ON principal (tenant) WHERE unnamed;
CREATE INDEX principal_object ON principal (object) WHERE object IS NOT NULL;
CREATE INDEX principal_nested ON principal (object) WHERE is_group;
CREATE INDEX principal_identifier ON principal (identifier COLLATE NOCASE) WHERE identifier IS NOT NULL;

-- Where principals are looked up by parts of name and e-mail: by any three characters, and by how words begin. Only
-- the index is kept, not the text: that is in the principal. Keys of principals that are gone stay in it until rows are
-- erased, and are passed over.
CREATE VIRTUAL TABLE part USING fts5 (
  text, tokenize = 'trigram remove_diacritics 1', detail = none, columnsize = 0, content = ''
);
CREATE VIRTUAL TABLE start USING fts5 (text, detail = none, columnsize = 0, content = '');

-- sort: how the principal's sort key begins, so that a page of a large group needs no sorting of the whole.
-- dup: 0, or the number behind the ~ of the member's unique id.
-- No foreign keys: they would be checked for every one of a million rows. A trigger takes out the members of a group
-- that goes, and only principals in no group are removed.
CREATE TABLE member (
  grp INTEGER NOT NULL,
  sort TEXT NOT NULL,
  principal INTEGER NOT NULL,
  dup INTEGER NOT NULL,
  access INTEGER,
  gen INTEGER NOT NULL,
  pos INTEGER NOT NULL,
  PRIMARY KEY (grp, sort, principal, dup)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_principal ON member (principal, grp);

-- grp: 0 the tenant's groups, -1 its directory, else the group whose members these are.
-- gen: the last load begun; whole_gen: the last that ended well, 0 for none; row_gen: the last that wrote rows, and
-- touched: when it did. void_gen: loads up to this one lost rows that they wrote, so they never come to anything.
CREATE TABLE listing (
  tenant INTEGER NOT NULL REFERENCES tenant ON DELETE CASCADE,
  grp INTEGER NOT NULL,
  state TEXT NOT NULL,
  kind TEXT,
  reason TEXT,
  as_of TEXT,
  retry_at TEXT,
  gen INTEGER NOT NULL,
  whole_gen INTEGER NOT NULL DEFAULT 0,
  row_gen INTEGER NOT NULL DEFAULT 0,
  void_gen INTEGER NOT NULL DEFAULT 0,
  touched TEXT,
  count INTEGER NOT NULL DEFAULT 0,
  malformed INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant, grp)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER grp_deleted AFTER DELETE ON grp BEGIN
  DELETE FROM member WHERE grp = old.key;
  DELETE FROM listing WHERE tenant = old.tenant AND grp = old.key;
END;

-- Who a tenant's ids are, where a service lists members by id alone.
CREATE TABLE directory (
  tenant INTEGER NOT NULL REFERENCES tenant ON DELETE CASCADE,
  id TEXT NOT NULL COLLATE NOCASE,
  name TEXT NOT NULL,
  email TEXT,
  identifier TEXT,
  type INTEGER NOT NULL,
  source INTEGER,
  shape INTEGER NOT NULL,
  rest TEXT NOT NULL,
  gen INTEGER NOT NULL,
  PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;

-- What complete loads had no more: a group, or with a principal one of its members. The principal is kept for it.
CREATE TABLE removed (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant INTEGER NOT NULL REFERENCES tenant ON DELETE CASCADE,
  at TEXT NOT NULL,
  group_id TEXT NOT NULL,
  group_name TEXT NOT NULL,
  kind INTEGER NOT NULL,
  principal INTEGER,
  dup INTEGER,
  access INTEGER
) STRICT;
CREATE INDEX removed_at ON removed (tenant, at);
CREATE INDEX removed_principal ON removed (principal) WHERE principal IS NOT NULL;

-- What all windows together used of a budget, in milliseconds, and until when its service said to wait.
CREATE TABLE budget_use (
  key INTEGER PRIMARY KEY,
  budget TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX budget_used ON budget_use (budget, at);
CREATE TABLE budget_pause (
  budget TEXT PRIMARY KEY,
  said INTEGER NOT NULL,
  until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE agreed_host (host TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

-- What changed, for other windows; only the end of it is kept. A tenant's id, not its key: it may be gone.
CREATE TABLE change (
  rev INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL,
  grp TEXT
) STRICT;
`;
