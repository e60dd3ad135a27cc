import { type AppError, type ErrorData, fromErrorData, isAppError, toErrorData } from '../core/errors.ts';
import type { Target } from '../core/target.ts';
import type { FilePlace } from './replaceFile.ts';
import type { Exported, HeadFacts } from './writeExport.ts';

/** What the thread that writes one export begins with. */
export interface ExportStart {
  readonly storePath: string;
  readonly targets: readonly Target[];
  /** Of the format. */
  readonly extension: string;
  readonly place: FilePlace;
}

/** What the thread tells. A head waits for its summary. */
export type ExportMessage =
  | { readonly head: HeadFacts }
  | { readonly done: number; readonly expected: number }
  | { readonly exported: Exported }
  | { readonly failure: FailureData };

/** What the thread is told. */
export type ExportOrder = { readonly summary: string } | 'cancel';

/** An error on its way between threads, on which it loses its class and its fields. */
type FailureData =
  | { readonly own: ErrorData }
  | { readonly message: string; readonly stack?: string; readonly fields: ErrorFields };

/** What tells errors of the file system. */
interface ErrorFields {
  readonly code?: string;
  readonly syscall?: string;
}

export function toFailureData(error: unknown): FailureData {
  if (isAppError(error)) return { own: toErrorData(error) };
  if (!(error instanceof Error)) return { message: String(error), fields: {} };
  const { message, stack, code, syscall } = error as NodeJS.ErrnoException;
  return {
    message,
    ...(stack === undefined ? {} : { stack }),
    fields: { ...(code === undefined ? {} : { code }), ...(syscall === undefined ? {} : { syscall }) },
  };
}

export function fromFailureData(data: FailureData): AppError | Error {
  if ('own' in data) return fromErrorData(data.own);
  const { message, stack, fields } = data;
  return Object.assign(new Error(message), fields, stack === undefined ? {} : { stack });
}
