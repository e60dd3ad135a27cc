import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

/** Statements of one connection, each prepared once. `undefined` is bound as NULL. */
export interface Sql {
  readonly db: DatabaseSync;
  /** Answers the number of rows changed. */
  run(text: string, ...values: (SQLInputValue | undefined)[]): number;
  /** Answers the key of the row inserted. */
  insert(text: string, ...values: (SQLInputValue | undefined)[]): number;
  get<Row>(text: string, ...values: (SQLInputValue | undefined)[]): Row | undefined;
  all<Row>(text: string, ...values: (SQLInputValue | undefined)[]): Row[];
  /** As `all`, each row as the list of its columns: for very many small rows, in half the time. */
  tuples<Row extends readonly unknown[]>(text: string, ...values: (SQLInputValue | undefined)[]): Row[];
}

/** In place: these are a call's own arguments, and there are millions of calls. */
function bind(values: (SQLInputValue | undefined)[]): SQLInputValue[] {
  for (let i = 0; i < values.length; i++) values[i] ??= null;
  return values as SQLInputValue[];
}

export function createSql(db: DatabaseSync): Sql {
  const statements = new Map<string, StatementSync>();
  const prepare = (text: string, isOfArrays = false): StatementSync => {
    let statement = statements.get(text);
    if (!statement) {
      statement = db.prepare(text);
      if (isOfArrays) statement.setReturnArrays(true);
      statements.set(text, statement);
    }
    return statement;
  };
  return {
    db,
    run: (text, ...values) => Number(prepare(text).run(...bind(values)).changes),
    insert: (text, ...values) => Number(prepare(text).run(...bind(values)).lastInsertRowid),
    // The one place where a row's type is taken on trust: the statement beside it says what it selects.
    get: <Row>(text: string, ...values: (SQLInputValue | undefined)[]) =>
      prepare(text).get(...bind(values)) as Row | undefined,
    all: <Row>(text: string, ...values: (SQLInputValue | undefined)[]) => prepare(text).all(...bind(values)) as Row[],
    tuples: <Row>(text: string, ...values: (SQLInputValue | undefined)[]) =>
      prepare(text, true).all(...bind(values)) as unknown as Row[],
  };
}

/** Runs `work` as one transaction that waits for other writers first. */
export function transaction<T>(sql: Sql, work: () => T): T {
  sql.db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    sql.db.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite has already rolled back after some errors (disk full, for one); then there is nothing to roll back.
    if (sql.db.isTransaction) sql.db.exec('ROLLBACK');
    throw error;
  }
}
