import { AppError } from '../core/errors.ts';

/**
 * The JSON value in a reply's body; a byte order mark is passed over.
 * @throws AppError `badResponse`; `isCutOff` when it begins as JSON does and then does not parse
 */
export function readJson(bytes: Uint8Array): unknown {
  const text = decodeText(bytes);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const start = /\S/.exec(text)?.[0];
    if (start === undefined) throw badResponse('The service answered with nothing instead of data.');
    if (start === '<') throw badResponse('The service answered with a web page instead of data.');
    if (start !== '{' && start !== '[') throw badResponse('The service answered with text instead of data.');
    throw new AppError('badResponse', 'The data that the service sent is cut off or damaged.', {
      cause,
      isCutOff: true,
    });
  }
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder().decode(bytes);
  } catch (cause) {
    throw new AppError('badResponse', 'The service sent more data than can be read at once.', { cause });
  }
}

/**
 * The error for JSON of another shape than the documented one.
 * @param expected what should have come, e.g. `a list of groups`
 * @param got what stands there instead; undefined where nothing does
 * @param said the service's own words, where the reply is an error in the clothes of a success
 */
export function wrongShape(expected: string, got: unknown, said?: string): AppError {
  return badResponse(
    `The service was asked for ${expected} but sent ${said ? `an error: ${said}` : `${nameOf(got)}.`}`,
  );
}

function nameOf(value: unknown): string {
  if (value === undefined) return 'an object without one';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a bare list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function badResponse(message: string): AppError {
  return new AppError('badResponse', message);
}
