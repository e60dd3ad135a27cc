import type { ErrorKind } from '../../core/errors.ts';
import { isRecord } from '../../core/isRecord.ts';
import type { ErrorReply, PageRequest } from '../../core/provider/provider.ts';
import { parseBody, plainWords } from '../errorBody.ts';
import { shorten, textOf } from '../text.ts';

/**
 * Power BI's convention is inverted: an expired or malformed token is answered with 403 (its body empty, the header
 * `x-powerbi-error-info` naming `TokenExpired` or `InvalidToken`; an older form has the code in the body), a missing
 * right with 401. Source: "Troubleshoot REST API" of the Power BI documentation, and replies seen in public.
 */
export function refineKind(reply: ErrorReply): ErrorKind | undefined {
  if (reply.status !== 401 && reply.status !== 403) return undefined;
  const info = textOf(reply.header('x-powerbi-error-info'));
  const code = info ?? codeOf(parseBody(reply.body));
  if (/^\s*(TokenExpired|InvalidToken)\s*$/i.test(code ?? '')) return 'notSignedIn';
  if (reply.status === 401) {
    // Conditional access asks for another sign-in, not for another right.
    return /insufficient_claims|invalid_token/i.test(reply.header('www-authenticate') ?? '')
      ? 'notSignedIn'
      : 'forbidden';
  }
  return info === undefined && textOf(reply.body) === undefined ? 'notSignedIn' : 'forbidden';
}

export function errorMessage(reply: ErrorReply): string | undefined {
  return wordsOf(parseBody(reply.body)) ?? plainWords(reply.body) ?? shorten(reply.header('x-powerbi-error-info'));
}

/** The service does not say whether a role is lacking, or is there and not activated. */
export function deniedAdvice({ isAdmin }: PageRequest): string | undefined {
  return isAdmin
    ? 'The whole tenant needs a Fabric administrator; a role that has to be activated first (PIM) counts only then.'
    : undefined;
}

/** The words of an error's body; its envelope is also seen without the outer `error`. */
export function wordsOf(body: unknown): string | undefined {
  if (!isRecord(body)) return undefined;
  const error = isRecord(body.error) ? body.error : {};
  const { message, code } = error;
  return shorten(
    textOf(message) ?? textOf(code) ?? innerCode(error) ?? textOf(body.message) ?? textOf(body.code) ?? innerCode(body),
  );
}

/** The code of an error's body. */
export function codeOf(body: unknown): string | undefined {
  if (!isRecord(body)) return undefined;
  const error = isRecord(body.error) ? body.error : {};
  return textOf(error.code) ?? innerCode(error) ?? textOf(body.code) ?? innerCode(body);
}

function innerCode(error: Readonly<Record<string, unknown>>): string | undefined {
  const inner = error['pbi.error'];
  return isRecord(inner) ? textOf(inner.code) : undefined;
}
