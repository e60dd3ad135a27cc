import type { Translate } from '../core/text/translate.ts';

/** By these messages they are known, also when they come from another thread. */
const stopped = 'The thread that wrote the file stopped.';
const tooMuch = 'That is too much for an Excel file.';

/** The thread that was to write a file ended before it was done. @param cause its error, or what it exited with */
export function threadStopped(cause: unknown): Error {
  return new Error(stopped, { cause });
}

/** A workbook grew larger than a ZIP file can be. */
export function tooMuchForExcel(): Error {
  return new Error(tooMuch);
}

/**
 * Why a file could not be written and what to do, for an error of the file system, a thread that stopped or a workbook
 * that grew too large; nothing for any other error.
 * @param extensions of the formats that the user can choose
 */
export function fileProblem(t: Translate, error: unknown, extensions: readonly string[] = []): string | undefined {
  const { code, syscall, message } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  if (message === stopped) return t('The file was not written. {0}', t('The log says more.'));
  if (message === tooMuch) {
    const advice = extensions.includes('parquet')
      ? t('That is too much for an Excel file: choose CSV or Parquet.')
      : t('That is too much for an Excel file: choose CSV.');
    return t('The file was not written. {0}', advice);
  }
  if (code === undefined || syscall === undefined) return undefined;
  const advice: Readonly<Record<string, string>> = {
    ENOSPC: t('The disk is full: make room, or choose another folder.'),
    EDQUOT: t('The disk is full: make room, or choose another folder.'),
    EROFS: t('The folder may only be read: choose another one.'),
    EACCES: t('Writing there is not allowed: choose another folder.'),
    EPERM: t('Writing there is not allowed, or another program has the file open.'),
    EBUSY: t('Another program has the file open: close it there.'),
    ENOENT: t('The folder is not there: choose another one.'),
    ENOTDIR: t('The folder is not there: choose another one.'),
    EISDIR: t('There is a folder of that name: choose another name.'),
    ENAMETOOLONG: t('The name is too long: choose a shorter one.'),
  };
  const why = advice[code] ?? t('The disk reported an error: the log says more.');
  return t('The file was not written. {0}', why);
}
