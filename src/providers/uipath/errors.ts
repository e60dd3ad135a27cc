import type { ErrorKind } from '../../core/errors.ts';
import { isRecord } from '../../core/isRecord.ts';
import type { ErrorReply, PageRequest } from '../../core/provider/provider.ts';
import { parseBody, plainWords } from '../errorBody.ts';
import { shorten, textOf } from '../text.ts';

export function refineKind({ status }: ErrorReply): ErrorKind | undefined {
  if (status === 401) return 'notSignedIn';
  return status === 403 ? 'forbidden' : undefined;
}

export function errorMessage({ body }: ErrorReply): string | undefined {
  return wordsOf(parseBody(body)) ?? plainWords(body);
}

/** The service does not say which scope a token lacks. */
export function deniedAdvice({ shape }: PageRequest): string {
  const scopes: Readonly<Record<string, string>> = {
    ungroupedRobots: 'PM.RobotAccount.Read',
    ungroupedUsers: 'PM.User.Read',
    directory: 'PM.User.Read',
  };
  return `This needs the scope ${scopes[shape] ?? 'PM.Group.Read'}.`;
}

/**
 * The words of an error's body. The Identity API answers in the forms of several frameworks: a problem document, a
 * message, an OAuth error, and beside or instead of them `errors` that say which input is wrong and why.
 */
export function wordsOf(body: unknown): string | undefined {
  if (!isRecord(body)) return undefined;
  const { title, message, Message, errorMessage, error, error_description, errors } = body;
  const general =
    textOf(title) ??
    textOf(message) ??
    textOf(Message) ??
    textOf(errorMessage) ??
    (isRecord(error) ? textOf(error.message) : undefined) ??
    textOf(error_description) ??
    textOf(error);
  const particular = [...new Set(textsIn(errors))].join(' ');
  return shorten([general ?? '', particular].join(' '));
}

/** `{"field": ["why", …], …}`, or a list of texts or of `{code, description}`. */
function textsIn(errors: unknown): readonly string[] {
  const text = textOf(errors);
  if (text !== undefined) return [text];
  if (Array.isArray(errors)) return errors.slice(0, 20).flatMap(wordsOfOne);
  return isRecord(errors)
    ? Object.values(errors)
        .slice(0, 20)
        .flatMap((one) => (Array.isArray(one) ? one.flatMap(wordsOfOne) : wordsOfOne(one)))
    : [];
}

function wordsOfOne(error: unknown): readonly string[] {
  const words = isRecord(error)
    ? (textOf(error.description) ?? textOf(error.message) ?? textOf(error.code))
    : textOf(error);
  return words === undefined ? [] : [words];
}
