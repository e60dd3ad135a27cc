/** The two snapshots of a tenant that are compared. */
export interface Sides {
  readonly tenant: number;
  readonly before: number;
  readonly after: number;
}

/** A row of the past is in a snapshot. @param side `?1` or `?2` */
export const isIn = (row: string, side: string): string =>
  `(${row}.since <= ${side} AND (${row}.until IS NULL OR ${row}.until >= ${side}))`;
