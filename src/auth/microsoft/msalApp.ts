import type { ConfidentialClientApplication, Configuration, PublicClientApplication } from '@azure/msal-node';
import type { Network } from './network.ts';

interface AppOptions {
  readonly clientId: string;
  readonly authority: string;
  readonly network: Network;
}

/** An app for one operation: what it knows comes from the account's secret each time, so no stale account survives. */
export async function publicApp(options: AppOptions): Promise<PublicClientApplication> {
  const msal = await import('@azure/msal-node');
  return new msal.PublicClientApplication(configuration(options));
}

export type ClientProof =
  | { readonly clientSecret: string }
  | { readonly clientCertificate: { readonly thumbprintSha256: string; readonly privateKey: string } };

export async function confidentialApp(options: AppOptions, proof: ClientProof): Promise<ConfidentialClientApplication> {
  const msal = await import('@azure/msal-node');
  const { auth, ...others } = configuration(options);
  return new msal.ConfidentialClientApplication({ auth: { ...auth, ...proof }, ...others });
}

function configuration({ clientId, authority, network }: AppOptions): Configuration {
  return {
    // CP1: this client understands challenges that ask for claims.
    auth: { clientId, authority, clientCapabilities: ['CP1'] },
    system: {
      networkClient: network.module,
      // MSAL's log is about persons; what matters of it is in the errors.
      loggerOptions: { piiLoggingEnabled: false, loggerCallback: () => undefined },
    },
  };
}
