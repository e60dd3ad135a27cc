import * as z from 'zod/mini';
import { AppError, isAppError } from '../../core/errors.ts';
import { errorOfReply, type Send } from '../../core/http/http.ts';
import type { Translate } from '../../core/text/translate.ts';
import type { Directory } from '../signIn.ts';

const page = z.object({
  value: z.array(
    z.object({
      tenantId: z.string(),
      displayName: z.nullish(z.string()),
      defaultDomain: z.nullish(z.string()),
    }),
  ),
  nextLink: z.nullish(z.string()),
});

/** More directories than anybody has. */
const mostPages = 100;

/**
 * The directories that an account can enter, as Azure Resource Manager lists them.
 * @throws AppError `forbidden` when the account or the app may not list them
 */
export async function listDirectories(
  { send, t }: { readonly send: Send; readonly t: Translate },
  arm: string,
  token: string,
  signal: AbortSignal,
): Promise<readonly Directory[]> {
  const found = new Map<string, Directory>();
  const seen = new Set<string>();
  let url: string | undefined = `${arm}/tenants?api-version=2022-12-01`;
  while (url !== undefined) {
    seen.add(url);
    const reply = await send({ url, headers: { authorization: `Bearer ${token}` } }, signal);
    const error = errorOfReply(reply, {}, new Date());
    if (error) throw notPermitted(t, error);
    const { value, nextLink } = readPage(t, reply.bytes);
    for (const { tenantId, displayName, defaultDomain } of value) {
      const name = displayName || defaultDomain || tenantId;
      found.set(tenantId, { id: tenantId, name, ...(defaultDomain ? { domain: defaultDomain } : {}) });
    }
    url = nextLink ? nextPage(t, nextLink, url) : undefined;
    if (url !== undefined && (seen.has(url) || seen.size >= mostPages)) throw noSense(t);
  }
  return [...found.values()];
}

/** Whatever stands in the way of the list, the person can go on without it. */
export function notPermitted(t: Translate, error: unknown): unknown {
  const kinds = ['forbidden', 'notSignedIn', 'invalid', 'notFound'] as const;
  if (!kinds.some((kind) => isAppError(error, kind))) return error;
  const { message } = error as AppError;
  return new AppError(
    'forbidden',
    t('The directories of the account may not be listed: type the directory id or domain. {0}', message),
  );
}

function readPage(t: Translate, bytes: Uint8Array): z.infer<typeof page> {
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw noSense(t);
  }
  const parsed = page.safeParse(body);
  if (!parsed.success) throw noSense(t);
  return parsed.data;
}

/** @throws AppError for another host: the token must not go there */
function nextPage(t: Translate, link: string, from: string): string {
  const { origin } = new URL(from);
  const url = URL.canParse(link, from) ? new URL(link, from) : undefined;
  if (url?.origin !== origin || url.username !== '' || url.password !== '') throw noSense(t);
  return url.href;
}

function noSense(t: Translate): AppError {
  return new AppError('badResponse', t('The list of directories could not be read.'));
}
