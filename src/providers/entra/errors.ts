import type { ErrorKind } from '../../core/errors.ts';
import { isRecord } from '../../core/isRecord.ts';
import type { ErrorReply } from '../../core/provider/provider.ts';
import { parseBody, plainWords } from '../errorBody.ts';
import { shorten, textOf } from '../text.ts';

export function refineKind({ status }: ErrorReply): ErrorKind | undefined {
  if (status === 401) return 'notSignedIn';
  return status === 403 ? 'forbidden' : undefined;
}

export function errorMessage({ body }: ErrorReply): string | undefined {
  return wordsOf(parseBody(body)) ?? plainWords(body);
}

/** The words of Graph's `{error: {code, message, innerError}}`; a gateway before it may answer with less. */
export function wordsOf(body: unknown): string | undefined {
  if (!isRecord(body)) return undefined;
  const { error, message } = body;
  const inner = isRecord(error) ? error : {};
  return shorten(textOf(inner.message) ?? textOf(inner.code) ?? textOf(message));
}
