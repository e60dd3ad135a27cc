import type { ErrorKind, Fault, StoreFault } from '../core/errors.ts';
import type { Translate } from '../core/text/translate.ts';

/** A failure in the user's words: what happened, and what to do about it. */
export interface Explanation {
  readonly what: string;
  readonly advice: string;
}

/** Every kind of failure has words of its own; none of them comes from a service. */
export function explain(t: Translate, { kind, storeFault }: Fault): Explanation {
  if (storeFault === undefined) return explanations(t)[kind];
  return { what: t('What is kept on this computer could not be read or written'), advice: storeAdvice(t)[storeFault] };
}

function storeAdvice(t: Translate): Readonly<Record<StoreFault, string>> {
  return {
    busy: t('Another window is writing: try again.'),
    full: t('The disk is full: make room, then try again.'),
    readOnly: t('The folder of the extension may only be read: allow writing to it, then try again.'),
    disk: t('The disk reported an error: look whether it is full or failing, then try again.'),
    unopened: t('Its file could not be opened: look whether the folder of the extension is there, then try again.'),
    damaged: t('Its file is damaged: reload the window, and it is set aside.'),
    other: t('The log says more.'),
  };
}

function explanations(t: Translate): Readonly<Record<ErrorKind, Explanation>> {
  return {
    notSignedIn: {
      what: t('Not signed in, or the sign-in has expired'),
      advice: t('Sign in; what was loaded stays.'),
    },
    forbidden: {
      what: t('No permission to read this'),
      advice: t('Ask an administrator for access, or use an account that has it.'),
    },
    notFound: {
      what: t('The service does not know this'),
      advice: t(
        'It may have been deleted, or the address or an id of the tenant is wrong. Refresh, or check them by “Edit Tenant”.',
      ),
    },
    throttled: {
      what: t('The service asks to wait'),
      advice: t('It received too many requests. Retry later.'),
    },
    unavailable: {
      what: t('The service is not available at the moment'),
      advice: t('Retry in some minutes.'),
    },
    offline: {
      what: t('The service cannot be reached'),
      advice: t('Check the network, the proxy settings and the address of the tenant, then retry.'),
    },
    timeout: {
      what: t('The service did not answer in time'),
      advice: t('Retry; the time-outs can be changed in the settings.'),
    },
    badResponse: {
      what: t('The service sent an unexpected answer'),
      advice: t('Check the address of the tenant, then retry. The log says more.'),
    },
    cancelled: {
      what: t('Not loaded to the end'),
      advice: t('Loading was stopped, or another window is still at it. Retry to load the rest.'),
    },
    conflict: {
      what: t('Somebody else has changed this meanwhile'),
      advice: t('Refresh, then try again.'),
    },
    invalid: {
      what: t("The service or the tenant's settings do not allow this"),
      advice: t('Check the tenant by “Edit Tenant”. The log says more.'),
    },
  };
}
