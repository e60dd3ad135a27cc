import { DatabaseSync } from 'node:sqlite';

type Row = Readonly<Record<string, string | boolean | undefined>>;

/**
 * The least that keeping these rows takes: `JSON.parse`, and every field of every row into a plain table by a prepared
 * statement, a transaction a page, with one index. The same SQLite settings as the store's.
 * @returns milliseconds, until all is committed
 */
export function insertBare(path: string, pages: readonly Uint8Array[]): number {
  const db = new DatabaseSync(path);
  try {
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = ${32 << 20};
      PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;
      CREATE TABLE grp (id TEXT, name TEXT, type TEXT, state TEXT, capacity TEXT);
      CREATE TABLE member (grp TEXT, identifier TEXT, name TEXT, email TEXT, graph_id TEXT, type TEXT, user_type TEXT,
        access TEXT);
      CREATE INDEX member_grp ON member (grp)`);
    const grp = db.prepare('INSERT INTO grp VALUES (?, ?, ?, ?, ?)');
    const member = db.prepare('INSERT INTO member VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    const text = (row: Row, key: string) => String(row[key] ?? '');
    const start = performance.now();
    for (const page of pages) {
      const { value } = JSON.parse(new TextDecoder().decode(page)) as { value: (Row & { users: unknown })[] };
      db.exec('BEGIN IMMEDIATE');
      for (const row of value) {
        const id = text(row, 'id');
        grp.run(id, text(row, 'name'), text(row, 'type'), text(row, 'state'), text(row, 'capacityId'));
        for (const user of row.users as Row[]) {
          member.run(
            ...[id, text(user, 'identifier'), text(user, 'displayName'), text(user, 'emailAddress')],
            ...[text(user, 'graphId'), text(user, 'principalType'), text(user, 'userType')],
            text(user, 'groupUserAccessRight'),
          );
        }
      }
      db.exec('COMMIT');
    }
    return performance.now() - start;
  } finally {
    db.close();
  }
}
