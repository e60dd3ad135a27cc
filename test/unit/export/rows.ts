import fc from 'fast-check';
import type { ExportHead } from '../../../src/export/head.ts';
import type { ExportRow } from '../../../src/export/row.ts';

export const head: ExportHead = {
  exportedAt: '',
  oldestAsOf: null,
  isComplete: true,
  scope: [],
  summary: 'All of it.\nReally.',
};

export const hostileStarts = [
  '=1+1',
  '+1',
  '-1',
  '@sum',
  '\t=1',
  '\r=1',
  '\n=1',
  '＝1',
  '＋1',
  '－1',
  '＠1',
  ' =1',
  '\u200b=1',
  '\u00a0+1',
];
const hostile = [
  ...hostileStarts,
  "'=1",
  '"',
  '""',
  'a,b',
  'a;=b',
  'a\r\nb',
  '',
  '|',
  '\\|',
  '\\',
  '<b>x</b>',
  '[x](command:y)',
  '`',
  '&lt;',
  'http://x',
  'www.x',
  '\u202eabc',
  '{{{',
  '\u2028',
  '🙂',
  ']]>',
  '_x0041_',
  '_x005F_x0041_',
  '\u0000',
  '\ufffe',
  ' both ',
];
const text = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
const textOrNull = fc.option(text);
const row: fc.Arbitrary<ExportRow> = fc.record({
  ...{
    tenant: text,
    provider: text,
    groupName: text,
    groupId: text,
    kind: text,
    principalName: text,
    email: textOrNull,
  },
  ...{ principalId: text, type: text, guest: fc.boolean(), right: textOrNull, path: fc.array(text, { maxLength: 3 }) },
  ...{ source: textOrNull, asOf: textOrNull, completeness: fc.constantFrom('complete', 'partial', 'denied') },
});
/** In parts, as an export writes them. */
export const parts = fc.array(fc.array(row, { minLength: 1, maxLength: 4 }), { maxLength: 3 });

export const plain: ExportRow = {
  ...{ tenant: 'Contoso', provider: 'test', groupName: 'Sales', groupId: 's', kind: 'workspace', principalName: 'Ana' },
  ...{ email: null, principalId: 'ana', type: 'user', guest: false, right: null, path: [], source: null, asOf: null },
  completeness: 'complete',
};
