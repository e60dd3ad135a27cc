import { AppError } from '../errors.ts';
import type { StoredConnection } from '../model.ts';

/** Why a text cannot be a service's root. */
export type EndpointProblem = 'notAUrl' | 'scheme' | 'plainHttp' | 'userInfo' | 'queryOrFragment';

export interface Endpoint {
  /** Normalised, without a trailing slash; a path is kept as a prefix. */
  readonly url: string;
  /** Name, and port where it is not the scheme's own. */
  readonly host: string;
  /** Neither the service's own nor this machine: to be asked about before a token goes there. */
  readonly isForeign: boolean;
}

const messages: Readonly<Record<EndpointProblem, string>> = {
  notAUrl: 'The endpoint is not a web address, such as https://api.example.com.',
  scheme: 'The endpoint must begin with https://.',
  plainHttp: 'The endpoint must begin with https://: plain http is allowed to this machine only.',
  userInfo: 'The endpoint must not contain a user name or password.',
  queryOrFragment: 'The endpoint must not contain "?" or "#".',
};

/**
 * Reads a service's root as a person or another extension gives it. `hosts` are the service's own: exact names, or
 * `*.suffix`.
 * @throws AppError `invalid`
 */
export function checkEndpoint(text: string, hosts: readonly string[]): Endpoint {
  const problem = endpointProblem(text);
  if (problem) throw new AppError('invalid', messages[problem]);
  const url = new URL(text.trim());
  return {
    url: (url.origin + url.pathname).replace(/\/+$/, ''),
    host: url.host,
    isForeign: !isLoopback(url.hostname) && !(url.port === '' && isKnown(url.hostname, hosts)),
  };
}

/** What is wrong with an endpoint as far as it is typed; nothing when it can be used. */
export function endpointProblem(text: string): EndpointProblem | undefined {
  const trimmed = text.trim();
  // The URL parser drops control characters silently, so what is shown would not be what was given.
  if (/\s|\p{Cc}/u.test(trimmed) || !URL.canParse(trimmed)) return 'notAUrl';
  const url = new URL(trimmed);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'scheme';
  if (url.username !== '' || url.password !== '') return 'userInfo';
  // Not `search` and `hash`: they are empty for a lone "?" or "#".
  if (/[?#]/.test(trimmed)) return 'queryOrFragment';
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return 'plainHttp';
  return undefined;
}

/** The URL parser has normalised the name: `127.1` and `0x7f000001` arrive as `127.0.0.1`. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** Whether an address is the service's own, not this machine, a private installation or somebody else's. */
export function isKnownHost(address: string, hosts: readonly string[]): boolean {
  const { hostname, port } = new URL(address);
  return port === '' && isKnown(hostname, hosts);
}

function isKnown(hostname: string, hosts: readonly string[]): boolean {
  return hosts.some((host) =>
    host.startsWith('*.') ? hostname.endsWith(host.slice(1)) && hostname.length >= host.length : hostname === host,
  );
}

/**
 * The root of a connection's service: a given endpoint wins over the cloud.
 * @param endpoints service roots by cloud, as in `ServiceProvider`
 * @throws AppError `invalid` for a cloud that the service does not run in
 */
export function serviceRoot(connection: StoredConnection, endpoints: Readonly<Record<string, string>>): string {
  const root = connection.endpoint ?? endpoints[connection.cloud ?? 'public'];
  if (root === undefined)
    throw new AppError('invalid', `The service is not known to run in the cloud "${connection.cloud}".`);
  return root;
}

/** `base` with path segments behind it, each percent-encoded whole: no segment can end, climb or lengthen the path. */
export function joinUrl(base: string, ...segments: readonly string[]): string {
  return base.replace(/\/+$/, '') + segments.map((segment) => `/${encodeSegment(segment)}`).join('');
}

function encodeSegment(segment: string): string {
  // URL parsers take `.` and `%2E` alike, so a segment of dots is only safe when it is encoded twice.
  if (segment === '.' || segment === '..') return segment.replaceAll('.', '%252E');
  return encodeURIComponent(segment.toWellFormed());
}
