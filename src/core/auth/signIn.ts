/** What a way of signing in asks of the person. */
export interface SignInPrompts {
  /** Opens the browser. Resolves to false when the person refused. */
  openBrowser(url: string): Promise<boolean>;
  /** Shows the code to be entered on a page. Resolves when it is shown no more, at the latest when `signal` aborts. */
  showCode(
    code: { readonly userCode: string; readonly url: string; readonly expiresAt: Date },
    signal: AbortSignal,
  ): Promise<void>;
  /** The browser runs on another machine than this code, so it does not reach a listener on `localhost` here. */
  readonly isRemote: boolean;
  /** The address by which the person's browser reaches an address of this machine, forwarded where that is needed. */
  reach(url: string): Promise<string>;
}

/** Who signed in, and what of the tenant became known by it. */
export interface SignedIn {
  readonly accountId: string;
  /** As a person knows it: a user name or an e-mail. */
  readonly account: string;
  readonly directoryId?: string;
  readonly organization?: string;
  readonly partitionGlobalId?: string;
}

/** An Entra directory that an account can enter. */
export interface Directory {
  readonly id: string;
  readonly name: string;
  /** Its main domain. */
  readonly domain?: string;
}
