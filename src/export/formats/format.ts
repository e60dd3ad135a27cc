import type { ExportHead } from '../head.ts';
import type { ExportRow } from '../row.ts';

/** A piece of a file: text, or bytes. */
export type Part = string | Uint8Array;

/** How an export is written, part by part; a part may be empty. */
export interface Format<P extends Part = Part> {
  begin(head: ExportHead): P;
  /** Some rows; never none. */
  rows(rows: readonly ExportRow[]): P;
  end(): P;
}
