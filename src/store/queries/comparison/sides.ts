/** The two snapshots of a tenant that are compared. */
export interface Sides {
  readonly tenant: number;
  readonly before: number;
  readonly after: number;
}

/** Groups of the past by their keys, which count up over all tenants together: behind the one, up to the other. */
export interface GroupRange {
  readonly from: number;
  readonly to: number;
}

/** A row of the past is in a snapshot. @param side `?1` or `?2` */
export const isIn = (row: string, side: string): string =>
  `(${row}.since <= ${side} AND (${row}.until IS NULL OR ${row}.until >= ${side}))`;
