import type { Format } from './format.ts';

/** One object, a line a row: `head` and `grants`. */
export function createJson(): Format<string> {
  let hasRows = false;
  return {
    begin: (head) => `{"head":${JSON.stringify(head)},\n"grants":[`,
    rows: (rows) => {
      const text = rows.map((row) => JSON.stringify(row)).join(',\n');
      const separator = hasRows ? ',\n' : '\n';
      hasRows = true;
      return separator + text;
    },
    end: () => '\n]}\n',
  };
}
