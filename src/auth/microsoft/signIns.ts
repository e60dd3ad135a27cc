import type { SignIn } from '../signIn.ts';
import { accountOfKey, createAccountCache } from './accountCache.ts';
import type { MicrosoftDeps } from './deps.ts';
import { createHeldTokens } from './heldTokens.ts';
import { createOwnApp } from './ownApp.ts';
import { createSequencer } from './sequencer.ts';
import { createServicePrincipal } from './servicePrincipal.ts';
import type { SessionDeps } from './sessions.ts';
import { createVsCodeAccount } from './vscodeAccount.ts';

/** Microsoft's ways to sign in, by the name of the method. */
export interface MicrosoftSignIns {
  readonly microsoft: SignIn;
  readonly interactive: SignIn;
  readonly deviceCode: SignIn;
  readonly clientCredentials: SignIn;
}

/** To be loaded when one is used first; MSAL itself only by those that need it. */
export function createMicrosoftSignIns(deps: MicrosoftDeps): MicrosoftSignIns {
  const now = deps.now ?? Date.now;
  const held = createHeldTokens(now);
  const { secrets, vscodeAccounts } = deps;
  const cache = createAccountCache({ secrets, now });
  const sessionDeps: SessionDeps = { ...deps, cache, held, inTurn: createSequencer() };
  // Hints: another window may have signed out, or VS Code's account may have gone.
  secrets.onDidChange((key) => {
    const account = accountOfKey(key);
    if (account === undefined) return;
    held.forget(account);
    // Reading puts right what a window wrote that had not heard of a sign-out, or of a sign-in.
    void sessionDeps.inTurn(account, () => cache.read(account));
  });
  vscodeAccounts.onDidChange(held.forget);
  return {
    microsoft: createVsCodeAccount(sessionDeps),
    interactive: createOwnApp(sessionDeps, 'browser'),
    deviceCode: createOwnApp(sessionDeps, 'code'),
    clientCredentials: createServicePrincipal(sessionDeps),
  };
}
