import type { ExportHead } from './head.ts';
import type { ExportRow } from './row.ts';

/** How an export is written, part by part. */
export interface Format {
  begin(head: ExportHead): string;
  /** Some rows; never none. */
  rows(rows: readonly ExportRow[]): string;
  end(): string;
}
