import { type CheckedAuth, type ConnectionSecret, checkAuth } from '../auth/checkAuth.ts';
import { AppError } from '../errors.ts';
import { isRecord } from '../isRecord.ts';
import type { Cloud, SignInMethod, StoredConnection } from '../model.ts';
import { type ConnectionField, isServiceProvider, type Provider } from '../provider/provider.ts';
import { checkEndpoint } from './endpoint.ts';
import { readWorkspaceChoice } from './workspaceChoice.ts';

export interface CheckedConnection {
  /** What is kept: known fields only, normalised. */
  readonly connection: StoredConnection;
  readonly secret: ConnectionSecret;
  /** Neither the service's own host nor this machine. */
  readonly foreignHost?: string;
}

const clouds: readonly string[] = ['public', 'usGov', 'usGovHigh', 'usGovDod', 'china'] satisfies Cloud[];

/**
 * Reads a `TenantConnection` that was made by a person or by another extension, so it may be any value. Fields that
 * are unknown, or that the provider does not have, are left out.
 * @param keptAuth the way of signing in that stays, whatever the input's `auth` is
 * @throws AppError `invalid`; never quotes a secret
 */
export function checkConnection(
  input: unknown,
  providers: readonly Provider[],
  keptAuth?: Omit<CheckedAuth, 'secret'>,
): CheckedConnection {
  if (!isRecord(input)) throw invalid('A connection must be an object.');
  const provider = providerOf(input, providers);
  const { endpoint, foreignHost } = readEndpoint(input, provider);
  const cloud = readCloud(input, provider, endpoint);
  const directoryId = readDirectoryId(input);
  const auth = keptAuth ? { ...keptAuth, secret: undefined } : checkAuth(input.auth, provider);
  const { signIn, clientId, secret } = auth;
  return {
    connection: {
      provider: provider.id,
      name: readName(input.name),
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(cloud === undefined ? {} : { cloud }),
      ...(directoryId === undefined ? {} : { directoryId }),
      ...readFields(input, provider, signIn),
      signIn,
      ...(clientId === undefined ? {} : { clientId }),
    },
    secret,
    ...(foreignHost === undefined ? {} : { foreignHost }),
  };
}

/** The host of a connection's endpoint that is neither the service's own nor this machine. @throws AppError `invalid` */
export function foreignHostOf(
  input: Pick<StoredConnection, 'provider' | 'endpoint'>,
  providers: readonly Provider[],
): string | undefined {
  return readEndpoint(input, providerOf(input, providers)).foreignHost;
}

export type NameProblem = 'empty' | 'tooLong';

export function nameProblem(text: string): NameProblem | undefined {
  const { length } = text.trim();
  if (length === 0) return 'empty';
  return length > 200 ? 'tooLong' : undefined;
}

/** For fields that must be given where a provider has them; a token that the service issues itself tells them. */
export function fieldProblem(field: ConnectionField, text: string, signIn: SignInMethod): 'empty' | undefined {
  return field === 'partitionGlobalId' && signIn === 'accessToken' && text.trim() === '' ? 'empty' : undefined;
}

function providerOf(input: { readonly provider?: unknown }, providers: readonly Provider[]): Provider {
  const provider = providers.find((one) => one.id === input.provider);
  if (!provider) throw invalid(`The provider must be one of: ${providers.map((one) => one.id).join(', ')}.`);
  return provider;
}

function readName(name: unknown): string {
  const problem = typeof name === 'string' ? nameProblem(name) : 'empty';
  if (problem === 'tooLong') throw invalid('The name must not be longer than 200 characters.');
  if (problem || typeof name !== 'string') throw invalid('The connection needs a name.');
  return name.trim();
}

function readEndpoint(
  input: { readonly endpoint?: unknown },
  provider: Provider,
): { endpoint?: string; foreignHost?: string } {
  const text = optionalText(input, 'endpoint');
  if (text === undefined) return {};
  const isService = isServiceProvider(provider);
  const { url, host, isForeign } = checkEndpoint(text, isService ? provider.hosts : []);
  // Which hosts are a registered provider's own is for that provider to know.
  return { endpoint: url, ...(isForeign && isService ? { foreignHost: host } : {}) };
}

function readCloud(
  input: Record<string, unknown>,
  provider: Provider,
  endpoint: string | undefined,
): Cloud | undefined {
  const cloud = optionalText(input, 'cloud');
  if (cloud === undefined) return undefined;
  if (!clouds.includes(cloud)) throw invalid(`The cloud must be one of: ${clouds.join(', ')}.`);
  if (isServiceProvider(provider) && endpoint === undefined && provider.endpoints[cloud] === undefined) {
    throw invalid(`${provider.label} is not known to run in the cloud "${cloud}": give the endpoint.`);
  }
  return cloud as Cloud;
}

function readDirectoryId(input: Record<string, unknown>): string | undefined {
  const directoryId = optionalText(input, 'directoryId')?.trim();
  if (directoryId === undefined || /^[\w.-]{1,255}$/.test(directoryId)) return directoryId;
  throw invalid('The directory must be given by its id or one of its domain names.');
}

function readFields(
  input: Record<string, unknown>,
  provider: Provider,
  signIn: SignInMethod,
): Pick<StoredConnection, 'organization' | 'partitionGlobalId' | 'scope' | 'workspaces'> {
  const has = (field: ConnectionField) => isServiceProvider(provider) && provider.fields.includes(field);
  const organization = has('organization') ? optionalText(input, 'organization')?.trim() : undefined;
  const partition = has('partitionGlobalId') ? (optionalText(input, 'partitionGlobalId')?.trim() ?? '') : undefined;
  const scope = has('scope') ? optionalText(input, 'scope') : undefined;
  if (partition !== undefined && fieldProblem('partitionGlobalId', partition, signIn)) {
    throw invalid('The connection needs the organization id (partitionGlobalId).');
  }
  if (scope !== undefined && scope !== 'member' && scope !== 'admin') {
    throw invalid('The scope must be "member" or "admin".');
  }
  const workspaces = scope === 'admin' ? readWorkspaceChoice(input.workspaces) : undefined;
  return {
    ...(organization ? { organization } : {}),
    ...(partition ? { partitionGlobalId: partition } : {}),
    ...(scope === undefined ? {} : { scope }),
    ...(workspaces === undefined ? {} : { workspaces }),
  };
}

function optionalText<K extends string>(input: { readonly [Key in K]?: unknown }, key: K): string | undefined {
  const value = input[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalid(`"${key}" must be text.`);
  return value;
}

function invalid(message: string): AppError {
  return new AppError('invalid', message);
}
