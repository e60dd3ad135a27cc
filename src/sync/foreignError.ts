import { AppError, type ErrorKind, isAppError, toAppError } from '../core/errors.ts';

const kinds: readonly ErrorKind[] = [
  'notSignedIn',
  'forbidden',
  'notFound',
  'throttled',
  'unavailable',
  'offline',
  'timeout',
  'badResponse',
  'cancelled',
  'conflict',
  'invalid',
];

/** What another extension throws: its `kind` and `retryAt` count when they are ours. */
export function foreignError(error: unknown): AppError {
  if (isAppError(error) || !(error instanceof Error)) return toAppError(error);
  const { kind, retryAt } = error as { kind?: unknown; retryAt?: unknown };
  const known = kinds.find((name) => name === kind);
  if (!known) return toAppError(error);
  const date = typeof retryAt === 'string' || retryAt instanceof Date ? new Date(retryAt) : undefined;
  const isDate = date !== undefined && !Number.isNaN(date.getTime());
  return new AppError(known, error.message, { cause: error, ...(isDate ? { retryAt: date } : {}) });
}
