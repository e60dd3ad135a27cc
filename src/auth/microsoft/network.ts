import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { AppError, toAppError } from '../../core/errors.ts';
import { errorOfReply, type HttpReply } from '../../core/http/http.ts';
import type { Translate } from '../../core/text/translate.ts';
import type { MicrosoftDeps } from './deps.ts';
import type { Refusal } from './refusal.ts';

/** MSAL's way to the network for one operation, over the project's own. */
export interface Network {
  readonly module: INetworkModule;
  /** The network's fault, which MSAL would turn into an error of its own. */
  failure(): AppError | undefined;
  /** What the service said last, without the secrets that it may have repeated. */
  refusal(): Refusal | undefined;
}

/** Headers that MSAL reads. */
const replyHeaders = ['content-type', 'retry-after', 'x-ms-clitelem', 'x-ms-httpver', 'x-ms-request-id'];

export function createNetwork({ send, t }: Pick<MicrosoftDeps, 'send' | 't'>, signal: AbortSignal): Network {
  let failure: AppError | undefined;
  let refusal: Refusal | undefined;

  async function ask<T>(method: string, url: string, options: NetworkRequestOptions = {}): Promise<NetworkResponse<T>> {
    try {
      const { body, headers = {} } = options;
      const reply = await send({ url, method, headers, ...(body === undefined ? {} : { body }) }, signal);
      const parsed = parse(t, reply);
      failure = undefined;
      refusal = refusalIn(parsed, secretsIn(body));
      return { status: reply.status, headers: headersOf(reply), body: parsed as T };
    } catch (error) {
      failure = toAppError(error);
      throw failure;
    }
  }

  return {
    module: {
      sendGetRequestAsync: (url, options) => ask('GET', url, options),
      sendPostRequestAsync: (url, options) => ask('POST', url, options),
    },
    failure: () => failure,
    refusal: () => refusal,
  };
}

/** @throws AppError for what is no answer of a sign-in service */
function parse(t: Translate, reply: HttpReply): Record<string, unknown> {
  const { status, bytes } = reply;
  if (status === 429 || status >= 500 || status < 200 || (status >= 300 && status < 400)) {
    throw errorOfReply(reply, {}, new Date()) ?? new AppError('badResponse', noSense(t));
  }
  try {
    const body: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof body === 'object' && body !== null) return body as Record<string, unknown>;
  } catch {
    // No JSON.
  }
  throw errorOfReply(reply, {}, new Date()) ?? new AppError('badResponse', noSense(t));
}

function noSense(t: Translate): string {
  return t('The sign-in service sent an unexpected answer.');
}

function headersOf(reply: HttpReply): Record<string, string> {
  const found = replyHeaders.map((name) => [name, reply.header(name)] as const);
  return Object.fromEntries(found.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function refusalIn(body: Record<string, unknown>, secrets: readonly string[]): Refusal | undefined {
  const { error, error_description, suberror } = body;
  if (typeof error !== 'string') return undefined;
  const clean = (text: string) => secrets.reduce((words, secret) => words.replaceAll(secret, '‹secret›'), text);
  return {
    error: clean(error),
    ...(typeof error_description === 'string' ? { description: clean(error_description) } : {}),
    ...(typeof suberror === 'string' ? { suberror: clean(suberror) } : {}),
  };
}

const secretFields = [
  'client_assertion',
  'client_secret',
  'code',
  'code_verifier',
  'device_code',
  'refresh_token',
] as const;

/** What of a request must not come back in words. */
function secretsIn(body = ''): string[] {
  const fields = new URLSearchParams(body);
  return secretFields.map((name) => fields.get(name) ?? '').filter((value) => value.length > 3);
}
