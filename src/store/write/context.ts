import type { Sql } from '../sql.ts';
import type { Principals } from './principals.ts';
import type { Words } from './words.ts';

/** What every statement of the writer works with. */
export interface WriteContext {
  readonly sql: Sql;
  readonly words: Words;
  readonly principals: Principals;
  /** The time, ISO 8601 in UTC. */
  readonly now: () => string;
}
