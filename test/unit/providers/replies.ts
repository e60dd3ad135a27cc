import { readFileSync } from 'node:fs';
import type { Group, StoredConnection } from '../../../src/core/model.ts';
import type { ErrorReply } from '../../../src/core/provider/provider.ts';

/** A connection to each provider, with what it must have. */
export const connections: Readonly<Record<string, StoredConnection>> = {
  powerbi: { provider: 'powerbi', name: 'Contoso', signIn: 'accessToken' },
  entra: { provider: 'entra', name: 'Contoso', signIn: 'accessToken' },
  uipath: {
    provider: 'uipath',
    name: 'Acme',
    organization: 'acme',
    partitionGlobalId: 'magic-7',
    signIn: 'accessToken',
  },
};

export function group(id: string, rest: Partial<Group> = {}): Group {
  return { id, tenantId: 't', name: id, kind: 'custom', details: { id }, ...rest };
}

export function bytesOf(body: unknown): Uint8Array {
  return new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
}

/** A body that a service's documentation prints. */
export function fixture(path: string): Uint8Array {
  return readFileSync(new URL(`../../fixtures/${path}`, import.meta.url));
}

export function errorReply(
  status: number,
  body: unknown = '',
  headers: Readonly<Record<string, string>> = {},
): ErrorReply {
  return {
    status,
    header: (name) => headers[name.toLowerCase()],
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}
