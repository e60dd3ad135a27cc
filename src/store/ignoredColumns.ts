/** What the table `ignored_finding` says of a finding, besides its tenant. */
export interface IgnoredColumns {
  readonly finding: string;
  readonly group_id: string;
  readonly member_id: string;
  readonly access: string;
  readonly reason: string;
  readonly ignored_by: string;
  readonly at: string;
}
