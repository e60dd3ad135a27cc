/** What the user can set, validated. */
export interface Settings {
  /** Rows that a listing shows before "Load more". */
  readonly pageSize: number;
  /** Requests at once for one tenant. */
  readonly concurrency: number;
  /** Milliseconds. */
  readonly timeouts: { readonly connect: number; readonly idle: number; readonly admin: number };
  /** Rows and connections go to a private temporary file that is gone when the window closes. */
  readonly keepNothingOnDisk: boolean;
  /** Days after which rows that no load confirmed are deleted; 0 keeps them. */
  readonly retentionDays: number;
}

export interface SettingsReader {
  read(): Settings;
}
