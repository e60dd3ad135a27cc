import type { EntraAccount, EntraApp, EntraDirectory } from './directory.ts';

/** What a code, a refresh token or an access token stands for. */
export interface Grant {
  readonly app: EntraApp;
  /** Absent for an app that signs in as itself. */
  readonly account?: EntraAccount;
  readonly directory: EntraDirectory;
  readonly scope: string;
  /** The claims that were asked for, as JSON. */
  readonly claims: string;
}

export interface CodeGrant extends Grant {
  readonly redirectUri: string;
  readonly challenge: string;
}

/** A sign-in on another device. */
export interface DeviceSignIn {
  readonly app: EntraApp;
  readonly directory: string;
  readonly scope: string;
  readonly expiresAt: number;
  state: 'pending' | 'slowDown' | 'declined' | EntraAccount;
}

/** Whether a token that was asked for with these scopes is meant for a resource. */
export function isFor({ scope }: Pick<Grant, 'scope'>, resource: string): boolean {
  return scope.split(' ').some((one) => one.startsWith(`${resource}/`));
}
