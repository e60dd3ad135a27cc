import { AppError } from '../errors.ts';

/** So many of a token's characters tell that it is the token: a service's words may have been shortened. */
const telling = 12;

/** A service may repeat what it was sent. Its words are kept and shown, so the token is taken out of them. */
export function hideToken(error: AppError, token: string): AppError {
  const message = withoutToken(error.message, token);
  if (message === error.message) return error;
  // Without the cause, which may say the same.
  const { retryAt, isCutOff, status, isCircuitBroken, claims, storeFault } = error;
  const options = {
    isCutOff,
    isCircuitBroken,
    ...(storeFault ? { storeFault } : {}),
    ...(retryAt ? { retryAt } : {}),
    ...(status === undefined ? {} : { status }),
    // Never shown: they are what a new token is asked for with.
    ...(claims === undefined ? {} : { claims }),
  };
  return new AppError(error.kind, message, options);
}

function withoutToken(text: string, token: string): string {
  const start = token.slice(0, telling);
  const parts = text.split(start);
  const rest = token.slice(telling);
  return parts.map((part, index) => (index === 0 ? part : `‹token›${part.slice(sharedLength(part, rest))}`)).join('');
}

/** How many characters two texts have in common at their beginning. */
function sharedLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) length += 1;
  return length;
}
