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
}
