import type { Format } from './format.ts';

export interface FormatEntry {
  readonly label: string;
  /** Of the file's name, without the dot. */
  readonly extension: string;
  load(): Promise<() => Format>;
}

/** In the order in which they are offered. */
export const formats: readonly FormatEntry[] = [
  { label: 'CSV', extension: 'csv', load: async () => (await import('./csv.ts')).createCsv },
  { label: 'JSON', extension: 'json', load: async () => (await import('./json.ts')).createJson },
  { label: 'NDJSON', extension: 'ndjson', load: async () => (await import('./ndjson.ts')).createNdjson },
  { label: 'Markdown', extension: 'md', load: async () => (await import('./markdown.ts')).createMarkdown },
  { label: 'Excel', extension: 'xlsx', load: async () => (await import('./excel.ts')).createExcel },
  { label: 'Parquet', extension: 'parquet', load: async () => (await import('./parquet.ts')).createParquet },
];
