const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelationships = 'http://schemas.openxmlformats.org/package/2006/relationships';
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Bold, of the names of the columns. */
export const boldStyle = 1;

export const sheetPath = (sheet: number) => `xl/worksheets/sheet${sheet}.xml`;

/** The beginning of a sheet, up to its rows: the first of them stay in sight. */
export function sheetBegin(widths: readonly number[], frozenRows: number): string {
  const columns = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`);
  const pane = `<pane ySplit="${frozenRows}" topLeftCell="A${frozenRows + 1}" activePane="bottomLeft" state="frozen"/>`;
  return `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>`;
}

export const sheetEnd = '</sheetData></worksheet>';

/** What a workbook has besides its sheets, by path. @param sheets their names, none of which needs an escape */
export function workbookFiles(sheets: readonly string[]): ReadonlyMap<string, string> {
  const numbered = sheets.map((name, at) => ({ name, number: at + 1 }));
  const stylesNumber = sheets.length + 1;
  const overrides = [
    override('xl/workbook.xml', 'sheet.main'),
    override('xl/styles.xml', 'styles'),
    ...numbered.map(({ number }) => override(sheetPath(number), 'worksheet')),
  ];
  const links = [
    ...numbered.map(({ number }) => link(number, 'worksheet', `worksheets/sheet${number}.xml`)),
    link(stylesNumber, 'styles', 'styles.xml'),
  ];
  const names = numbered.map(({ name, number }) => `<sheet name="${name}" sheetId="${number}" r:id="rId${number}"/>`);
  return new Map([
    [
      '[Content_Types].xml',
      `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`,
    ],
    ['_rels/.rels', linksFile([link(1, 'officeDocument', 'xl/workbook.xml')])],
    ['xl/_rels/workbook.xml.rels', linksFile(links)],
    [
      'xl/workbook.xml',
      `${declaration}<workbook xmlns="${main}" xmlns:r="${relationships}"><sheets>${names.join('')}</sheets></workbook>`,
    ],
    ['xl/styles.xml', styles],
  ]);
}

function override(path: string, type: string): string {
  return `<Override PartName="/${path}" ContentType="${types}.${type}+xml"/>`;
}

function link(number: number, type: string, target: string): string {
  return `<Relationship Id="rId${number}" Type="${relationships}/${type}" Target="${target}"/>`;
}

function linksFile(links: readonly string[]): string {
  return `${declaration}<Relationships xmlns="${packageRelationships}">${links.join('')}</Relationships>`;
}

/** A plain style and a bold one; the two fills are those that every workbook has. */
const styles = `${declaration}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
