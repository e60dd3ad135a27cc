import { readZip } from './readZip.ts';
import { descendants, parseStrictXml, type XmlElement } from './strictXml.ts';

export interface ExcelSheet {
  readonly name: string;
  /** Cells by place; what has none is null. */
  readonly rows: readonly (readonly (string | boolean | null)[])[];
}

/** The sheets of a workbook, found as a spreadsheet finds them: by the relationships. @throws where it is not sound */
export function readExcel(bytes: Uint8Array): readonly ExcelSheet[] {
  const files = readZip(bytes);
  const read = (path: string): XmlElement => {
    const text = files.get(path);
    if (text === undefined) throw new Error(`${path} is missing.`);
    return parseStrictXml(text);
  };
  const [office] = descendants(read('_rels/.rels'), 'Relationship');
  if (office?.attributes.Target !== 'xl/workbook.xml') throw new Error('There is no workbook.');
  const links = new Map(
    descendants(read('xl/_rels/workbook.xml.rels'), 'Relationship').map(({ attributes }) => [
      attributes.Id,
      `xl/${attributes.Target}`,
    ]),
  );
  const typed = new Set(
    descendants(read('[Content_Types].xml'), 'Override').map(({ attributes }) => attributes.PartName),
  );
  for (const path of [...links.values(), 'xl/workbook.xml']) {
    if (!typed.has(`/${path}`)) throw new Error(`${path} has no type.`);
    read(path);
  }
  return descendants(read('xl/workbook.xml'), 'sheet').map(({ attributes }) => ({
    name: attributes.name ?? '',
    rows: rowsOf(read(links.get(attributes['r:id']) ?? '')),
  }));
}

function rowsOf(sheet: XmlElement): (string | boolean | null)[][] {
  return descendants(sheet, 'row').map((row, at) => {
    if (row.attributes.r !== String(at + 1)) throw new Error(`Row ${at + 1} is called ${row.attributes.r}.`);
    const cells: (string | boolean | null)[] = Array<null>(15).fill(null);
    for (const cell of row.children) {
      const [, column = '', number] = /^([A-Z])(\d+)$/.exec(cell.attributes.r ?? '') ?? [];
      if (number !== row.attributes.r) throw new Error(`Cell ${cell.attributes.r} is in row ${row.attributes.r}.`);
      cells[column.charCodeAt(0) - 0x41] = cellValue(cell);
    }
    return cells;
  });
}

/** A text or a boolean; a formula or a number is not expected at all. */
function cellValue(cell: XmlElement): string | boolean {
  const [value] = cell.children;
  if (cell.attributes.t === 'b' && value?.name === 'v') return value.text === '1';
  const [text, ...others] = value?.children ?? [];
  if (cell.attributes.t !== 'inlineStr' || text?.name !== 't' || others.length > 0) throw new Error('No text.');
  const isTrimmed = text.attributes['xml:space'] !== 'preserve';
  return (isTrimmed ? text.text.trim() : text.text).replace(/_x([0-9A-F]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
