import { AppError } from '../../core/errors.ts';
import type { Cloud, StoredConnection } from '../../core/model.ts';
import { isServiceProvider, type Provider } from '../../core/provider/provider.ts';
import type { Translate } from '../../core/text/translate.ts';

export interface MicrosoftCloud {
  /** Where people and apps sign in. */
  readonly authority: string;
  /** Azure Resource Manager, which is also the resource that its tokens are for. */
  readonly arm: string;
}

/**
 * Sources: "National clouds" of Microsoft's identity platform documentation; for Power BI "Embed content for your
 * national cloud". GCC (`usGov`) signs in where everybody does.
 */
export const microsoftClouds: Readonly<Record<Cloud, MicrosoftCloud>> = {
  public: { authority: 'https://login.microsoftonline.com', arm: 'https://management.azure.com' },
  usGov: { authority: 'https://login.microsoftonline.com', arm: 'https://management.azure.com' },
  usGovHigh: { authority: 'https://login.microsoftonline.us', arm: 'https://management.usgovcloudapi.net' },
  usGovDod: { authority: 'https://login.microsoftonline.us', arm: 'https://management.usgovcloudapi.net' },
  china: { authority: 'https://login.chinacloudapi.cn', arm: 'https://management.chinacloudapi.cn' },
};

/** What a token is for. */
export interface Wanted {
  readonly scopes: readonly string[];
  /** As app registrations name it. */
  readonly permissions: string;
}

/** Where a tenant's tokens come from, and what they are for. */
export interface MicrosoftService extends MicrosoftCloud, Wanted {
  readonly cloud: Cloud;
  /** To be asked of a person: what the app has no consent for yet is not in its `.default`. */
  readonly toChange: Wanted;
}

/** A token that lists the account's directories. */
export function directoryList({ arm }: MicrosoftCloud): Wanted {
  return { scopes: [`${arm}/.default`], permissions: 'user_impersonation (Azure Service Management)' };
}

/**
 * A given endpoint wins over the cloud, as it does for requests.
 * @throws AppError `invalid` when the provider's service does not take Microsoft's tokens
 */
export function microsoftService(
  t: Translate,
  connection: StoredConnection,
  provider: Provider | undefined,
): MicrosoftService {
  const { endpoints = {}, resources = {}, permissions } = provider && isServiceProvider(provider) ? provider : {};
  const cloud = cloudOf(connection, endpoints);
  const resource = resources[cloud];
  if (resource === undefined) {
    throw new AppError(
      'invalid',
      t('{0} cannot be used with a Microsoft account.', provider?.label ?? connection.provider),
    );
  }
  const scopes = [`${resource}/.default`];
  const named = (purpose: 'read' | 'change') => permissions?.(connection, purpose) ?? scopes;
  const change = named('change');
  const toChange = { scopes: change.map((one) => `${resource}/${one}`), permissions: change.join(', ') };
  const usual = { scopes, permissions: named('read').join(', ') };
  return { ...microsoftClouds[cloud], cloud, ...usual, toChange: permissions ? toChange : usual };
}

function cloudOf({ endpoint, cloud }: StoredConnection, endpoints: Readonly<Record<string, string>>): Cloud {
  const known = Object.entries(endpoints).find(([, root]) => endpoint !== undefined && isSameHost(root, endpoint));
  return (known?.[0] as Cloud | undefined) ?? cloud ?? 'public';
}

function isSameHost(one: string, other: string): boolean {
  return new URL(one).host === new URL(other).host;
}
