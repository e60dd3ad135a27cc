import type { Format } from './format.ts';

/** A JSON object a line, the first one with `head`. */
export function createNdjson(): Format<string> {
  return {
    begin: (head) => `${JSON.stringify({ head })}\n`,
    rows: (rows) => rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
    end: () => '',
  };
}
