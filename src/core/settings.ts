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
  /** A tenant that was read whole is kept as a snapshot, once a day. */
  readonly automaticSnapshots: boolean;
  /** Signing in to UiPath by the browser. */
  readonly uipath: {
    /** Of the redirect URIs, in the order in which they are tried. */
    readonly redirectPorts: readonly number[];
    /** Names the organization when signing in, so that its own identity provider is used. */
    readonly sendsOrganization: boolean;
  };
}

export interface SettingsReader {
  read(): Settings;
}
