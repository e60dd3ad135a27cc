import { get } from 'node:http';
import { createMemorySecrets } from '../../../../src/auth/memorySecrets.ts';
import type { SignIn, SignInPrompts, SignInTenant } from '../../../../src/auth/signIn.ts';
import { createTenantSecrets } from '../../../../src/auth/tenantSecrets.ts';
import type { UiPathDeps } from '../../../../src/auth/uipath/deps.ts';
import { createPerson } from '../../../../src/auth/uipath/person.ts';
import type { HttpReply, HttpRequest } from '../../../../src/core/http/http.ts';
import type { StoredConnection } from '../../../../src/core/model.ts';
import { uipath } from '../../../../src/providers/uipath/index.ts';
import { translate } from '../../../support/fakeCommandDeps.ts';
import { tenantRecord } from '../../../support/fakeReader.ts';
import { freePorts } from '../../../support/identityServer.ts';

/** What UiPath answers to one request. */
export type Answer = (request: HttpRequest, signal: AbortSignal | undefined) => Promise<HttpReply> | HttpReply;

/** UiPath's cloud as signing in sees it, each of its answers to be changed by a test. */
export interface Cloud {
  configuration: Answer;
  token: Answer;
  portal: Answer;
}

export interface Stage {
  readonly signIns: SignIn;
  readonly cloud: Cloud;
  readonly tenant: SignInTenant;
  /** Of the tenant. */
  readonly kept: () => Promise<Readonly<Record<string, unknown>> | undefined>;
  readonly sent: readonly HttpRequest[];
  /** The addresses that the browser was sent to. */
  readonly opened: readonly URL[];
  readonly prompts: SignInPrompts;
  /** What the browser comes back with, beside state and code. */
  callback: Readonly<Record<string, string>>;
  /** Seconds that the computer's clock has gone on. */
  passed: number;
}

export const issuer = 'https://cloud.uipath.com/identity_';
export const clientId = 'person-app';

/** A person's way to sign in to UiPath's cloud, over a cloud that a test plays and a browser that comes back at once. */
export async function stage(
  { sendsOrganization = false, ...options }: Partial<UiPathDeps> & { readonly sendsOrganization?: boolean } = {},
  connection: Partial<StoredConnection> = {},
): Promise<Stage> {
  const ports = await freePorts(1);
  const store = createMemorySecrets();
  const sent: HttpRequest[] = [];
  const opened: URL[] = [];
  const own = { provider: 'uipath', name: 'Robots', signIn: 'oauth', clientId, ...connection } as const;
  const record = tenantRecord('robots', { provider: 'uipath', connection: own });
  let grants = 0;
  const cloud: Cloud = {
    configuration: () => json({ issuer }),
    token: () => {
      grants += 1;
      return json({ access_token: `access-${grants}`, refresh_token: `refresh-${grants}`, ...bearer });
    },
    portal: () => json({ organization: { id: 'x', name: 'robots' } }),
  };
  const played: Stage = {
    cloud,
    sent,
    opened,
    callback: {},
    passed: 0,
    tenant: { id: record.id, provider: 'uipath', connection: own },
    kept: async () => JSON.parse((await store.get(`tenant:${record.id}`)) ?? 'null') ?? undefined,
    prompts: {
      isRemote: false,
      reach: async (url) => url,
      showCode: async () => undefined,
      openBrowser: async (url) => {
        opened.push(new URL(url));
        comeBack(new URL(url).searchParams, played.callback);
        return true;
      },
    },
    signIns: createPerson({
      send: async (request, signal) => {
        sent.push(request);
        const { pathname } = new URL(request.url);
        if (pathname.endsWith('/connect/token')) return cloud.token(request, signal);
        return pathname.includes('/portal_/') ? cloud.portal(request, signal) : cloud.configuration(request, signal);
      },
      secrets: createTenantSecrets(store),
      reader: { tenant: () => record },
      writer: { nextGeneration: async () => 0 },
      provider: () => uipath,
      lock: (_, task) => task(),
      uipath: () => ({ redirectPorts: ports, sendsOrganization }),
      t: translate,
      now: () => Date.now() + played.passed * 1000,
      patience: { arrival: 0 },
      ...options,
    }),
  };
  return played;
}

const bearer = { token_type: 'Bearer', expires_in: 3600 };

export function json(body: object, status = 200): HttpReply {
  const header = (name: string) => (name === 'content-type' ? 'application/json' : undefined);
  return { status, header, bytes: new TextEncoder().encode(JSON.stringify(body)) };
}

/** A grant with what a test wants in it. */
export function granted(fields: object): HttpReply {
  return json({ access_token: 'access', refresh_token: 'refresh', ...bearer, ...fields });
}

/** A token that says so much; nobody checks its signature. */
export function jwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.c2lnbmF0dXJl`;
}

function comeBack(asked: URLSearchParams, fields: Readonly<Record<string, string>>): void {
  const url = new URL(asked.get('redirect_uri') ?? '');
  const all = { code: 'a-code', state: asked.get('state') ?? '', ...fields };
  for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
  // The name leads to 127.0.0.1, where the listener is.
  get(url, { family: 4, agent: false }, (reply) => reply.resume()).on('error', () => undefined);
}
