/**
 * Reads CSV as RFC 4180 has it and nothing looser: CRLF after each record, quotes only around whole fields, doubled
 * inside, and as many fields in each record as in the first. @throws where the text is anything else
 */
export function parseStrictCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  const fail = (what: string): never => {
    throw new Error(`${what} at ${at}: ${JSON.stringify(text.slice(Math.max(0, at - 40), at + 20))}`);
  };
  while (at < text.length) {
    if (text[at] === '"') {
      const [, inner, quoted] = /^"((?:[^"]|"")*)(")/.exec(text.slice(at)) ?? fail('A quote without an end');
      record.push(String(inner).replaceAll('""', '"'));
      at += String(inner).length + 1 + String(quoted).length;
    } else {
      const [plain] = /^[^",\r\n]*/.exec(text.slice(at)) ?? fail('No field');
      record.push(String(plain));
      at += String(plain).length;
    }
    if (text[at] === ',') at++;
    else if (text.startsWith('\r\n', at)) {
      at += 2;
      if (record.length !== (records[0] ?? record).length) fail(`${record.length} fields`);
      records.push(record);
      record = [];
    } else fail('Neither a comma nor CRLF');
  }
  if (record.length > 0) fail('The last record has no end');
  return records;
}
