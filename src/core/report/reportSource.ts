import type { Report } from './report.ts';

/** Something on the page, by places in the report. */
export type ReportSpot =
  | { readonly what: 'cell'; readonly person: number; readonly group: number }
  | { readonly what: 'group'; readonly group: number }
  | { readonly what: 'finding'; readonly finding: number; readonly row: number };

/** What stands behind the report's page. */
export interface ReportSource {
  /** Equal for reports of the same; by it the report is made again after the window was reloaded. */
  readonly id: string;
  /** Reads all of it. @throws AppError `cancelled` */
  read(): Promise<Report>;
  /** Shows what a spot of the report that was read last stands for. */
  reveal(spot: ReportSpot): Promise<void>;
  /** Reads all that is missing from the services. */
  load(): Promise<void>;
  /** Asks for a file and writes the page to it. */
  save(html: string): Promise<void>;
  /** The same for a table of the page, as CSV: the titles of its columns, then its rows. */
  saveTable(name: string, records: readonly (readonly string[])[]): Promise<void>;
}
