import { checkEndpoint } from './endpoint.ts';
import { AppError } from './errors.ts';
import type { Cloud, StoredConnection } from './model.ts';
import { type ConnectionField, isServiceProvider, type Provider } from './provider.ts';
import { readWorkspaceChoice } from './workspaceChoice.ts';

/** What of a connection goes to SecretStorage, and nowhere else. */
export interface ConnectionSecret {
  readonly accessToken: string;
}

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
 * @throws AppError `invalid`; never quotes a secret
 */
export function checkConnection(input: unknown, providers: readonly Provider[]): CheckedConnection {
  if (!isRecord(input)) throw invalid('A connection must be an object.');
  const provider = providers.find((one) => one.id === input.provider);
  if (!provider) throw invalid(`The provider must be one of: ${providers.map((one) => one.id).join(', ')}.`);
  const { endpoint, foreignHost } = readEndpoint(input, provider);
  const cloud = readCloud(input, provider, endpoint);
  const directoryId = readDirectoryId(input);
  const secret = readAuth(input.auth, provider);
  return {
    connection: {
      provider: provider.id,
      name: readName(input.name),
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(cloud === undefined ? {} : { cloud }),
      ...(directoryId === undefined ? {} : { directoryId }),
      ...readFields(input, provider),
      signIn: 'accessToken',
    },
    secret,
    ...(foreignHost === undefined ? {} : { foreignHost }),
  };
}

/**
 * The root of a connection's service: a given endpoint wins over the cloud.
 * @param endpoints service roots by cloud, as in `ServiceProvider`
 * @throws AppError `invalid` for a cloud that the service does not run in
 */
export function serviceRoot(connection: StoredConnection, endpoints: Readonly<Record<string, string>>): string {
  const root = connection.endpoint ?? endpoints[connection.cloud ?? 'public'];
  if (root === undefined) throw invalid(`The service is not known to run in the cloud "${connection.cloud}".`);
  return root;
}

export type NameProblem = 'empty' | 'tooLong';

export function nameProblem(text: string): NameProblem | undefined {
  const { length } = text.trim();
  if (length === 0) return 'empty';
  return length > 200 ? 'tooLong' : undefined;
}

export type TokenProblem = 'empty' | 'characters';

/** Only visible ASCII can stand in an HTTP header; anything else was copied along by mistake. */
export function tokenProblem(text: string): TokenProblem | undefined {
  const token = cleanToken(text);
  if (token === '') return 'empty';
  return /^[\x21-\x7e]+$/.test(token) ? undefined : 'characters';
}

/** An access token as it is sent: people also copy the header's "Bearer ". */
export function cleanToken(text: string): string {
  return text.trim().replace(/^bearer(\s+|$)/i, '');
}

/** For fields that must be given where a provider has them; an organization may be left out. */
export function fieldProblem(field: ConnectionField, text: string): 'empty' | undefined {
  return field === 'partitionGlobalId' && text.trim() === '' ? 'empty' : undefined;
}

function readName(name: unknown): string {
  const problem = typeof name === 'string' ? nameProblem(name) : 'empty';
  if (problem === 'tooLong') throw invalid('The name must not be longer than 200 characters.');
  if (problem || typeof name !== 'string') throw invalid('The connection needs a name.');
  return name.trim();
}

function readEndpoint(input: Record<string, unknown>, provider: Provider): { endpoint?: string; foreignHost?: string } {
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
): Pick<StoredConnection, 'organization' | 'partitionGlobalId' | 'scope' | 'workspaces'> {
  const has = (field: ConnectionField) => isServiceProvider(provider) && provider.fields.includes(field);
  const organization = has('organization') ? optionalText(input, 'organization')?.trim() : undefined;
  const partition = has('partitionGlobalId') ? (optionalText(input, 'partitionGlobalId') ?? '') : undefined;
  const scope = has('scope') ? optionalText(input, 'scope') : undefined;
  if (partition !== undefined && fieldProblem('partitionGlobalId', partition)) {
    throw invalid('The connection needs the organization id (partitionGlobalId).');
  }
  if (scope !== undefined && scope !== 'member' && scope !== 'admin') {
    throw invalid('The scope must be "member" or "admin".');
  }
  const workspaces = scope === 'admin' ? readWorkspaceChoice(input.workspaces) : undefined;
  return {
    ...(organization ? { organization } : {}),
    ...(partition === undefined ? {} : { partitionGlobalId: partition.trim() }),
    ...(scope === undefined ? {} : { scope }),
    ...(workspaces === undefined ? {} : { workspaces }),
  };
}

function readAuth(auth: unknown, provider: Provider): ConnectionSecret {
  // A method counts only when its details have a place to be kept, whatever the provider would take.
  const methods = provider.signInMethods.filter((method) => method === 'accessToken');
  if (!isRecord(auth) || !methods.some((method) => method === auth.method)) {
    throw invalid(
      methods.length > 0
        ? `The way to sign in (auth.method) must be one of: ${methods.join(', ')}.`
        : 'The provider has no way to sign in that is known here.',
    );
  }
  const { accessToken } = auth;
  if (typeof accessToken !== 'string') throw invalid('The access token is missing.');
  const problem = tokenProblem(accessToken);
  if (problem === 'empty') throw invalid('The access token is empty.');
  if (problem) throw invalid('The access token contains spaces or characters that no token has.');
  return { accessToken: cleanToken(accessToken) };
}

function optionalText(input: Record<string, unknown>, key: string): string | undefined {
  const value = input[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalid(`"${key}" must be text.`);
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(message: string): AppError {
  return new AppError('invalid', message);
}
