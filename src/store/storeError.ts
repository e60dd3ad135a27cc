import { AppError, isAppError, type StoreFault } from '../core/errors.ts';

const corrupt = 11;
const notADatabase = 26;

/** Whether the file itself is at fault, so that only another file helps. */
export function isDamage(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === corrupt || code === notADatabase;
}

const reasons: Readonly<Record<Exclude<StoreFault, 'other'>, string>> = {
  busy: 'Another window is writing to it: try again.',
  full: 'The disk is full: make room, then try again.',
  readOnly: 'Its storage may only be read: allow writing to its folder, then try again.',
  disk: 'The disk reported an error: look whether it is full or failing, then try again.',
  unopened: 'Its file could not be opened: look whether its folder is there and may be used, then try again.',
  damaged: 'Its file is damaged.',
};

const faults: Readonly<Record<number | string, Exclude<StoreFault, 'other'>>> = {
  5: 'busy',
  6: 'busy',
  8: 'readOnly',
  10: 'disk',
  [corrupt]: 'damaged',
  13: 'full',
  14: 'unopened',
  [notADatabase]: 'damaged',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'readOnly',
  EACCES: 'readOnly',
  EPERM: 'readOnly',
};

/** An error of SQLite or of the file system as the project's own, kind `unavailable`; any other error as it is. */
export function toStoreError(error: unknown): unknown {
  const code = sqliteCode(error) ?? fileSystemCode(error);
  if (isAppError(error) || code === undefined) return error;
  const fault = faults[code];
  if (fault !== undefined) return unusable(fault, reasons[fault], error);
  return unusable('other', error instanceof Error ? error.message : '', error);
}

/** What could not be done to a store that lies where nothing may be written. */
export function readOnlyStore(cause: unknown): AppError {
  return unusable('readOnly', reasons.readOnly, cause);
}

/** A store that was not closed well, where its log cannot be read without writing. */
export function unreadableLog(cause: unknown): AppError {
  return unusable('readOnly', `It was not closed, so it cannot be read as it is. ${reasons.readOnly}`, cause);
}

/** Whether somebody else holds the file just now: a later try may do better. */
export function isBusy(error: unknown): boolean {
  const code = sqliteCode(isAppError(error) ? error.cause : error);
  return code === 5 || code === 6;
}

/** Whether another connection to the same file may do better: this one may only read, or lost its file. */
export function isBrokenConnection(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === 8 || code === 10 || code === 14;
}

/** Rejection of every write to a store that a newer version of the extension wrote. */
export function newerStore(): AppError {
  return new AppError('conflict', 'A newer version of Tenant Explorer wrote the store: it can be read, not changed.');
}

function unusable(storeFault: StoreFault, reason: string, cause: unknown): AppError {
  return new AppError('unavailable', `The store could not be used. ${reason}`, { cause, storeFault });
}

function fileSystemCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, syscall } = error as NodeJS.ErrnoException;
  return syscall === undefined ? undefined : code;
}

/** SQLite's primary result code of an error, where it has one. */
function sqliteCode(error: unknown): number | undefined {
  const code = error instanceof Error ? (error as { readonly errcode?: unknown }).errcode : undefined;
  return typeof code === 'number' ? code & 0xff : undefined;
}
