import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isAppError } from '../../../src/core/errors.ts';
import type { Decode, DecodedPage, PageRequest } from '../../../src/core/provider/provider.ts';
import { decoders } from '../../../src/providers/decoders.ts';
import { entra } from '../../../src/providers/entra/index.ts';
import { powerbi } from '../../../src/providers/powerbi/index.ts';
import { uipath } from '../../../src/providers/uipath/index.ts';
import { bytesOf, connections, group } from './replies.ts';

const { powerbi: power, uipath: path, entra: graph } = connections;
assert.ok(power && path && graph && uipath.requests.directory);
const opened = uipath.requests.members(path, group('g'));
const listed = uipath.requests.afterError?.(opened, Object.assign(new Error(), { status: 404 }) as never);
assert.ok(listed && 'next' in listed);

interface Case {
  readonly provider: string;
  readonly request: PageRequest;
  /** A reply around these rows. */
  readonly reply: (rows: unknown) => unknown;
  /** A row that can be read. */
  readonly row: (id: string) => unknown;
  /** What makes a row one that cannot. */
  readonly id: string;
}

const value = (rows: unknown) => ({ value: rows });
const results = (rows: unknown) => ({ totalCount: Array.isArray(rows) ? rows.length : 0, results: rows });
const cases: Readonly<Record<string, Case>> = {
  'Power BI groups': {
    provider: 'powerbi',
    request: powerbi.requests.groups(power),
    reply: value,
    row: (id) => ({ id, name: 'x' }),
    id: 'id',
  },
  'Power BI users': {
    provider: 'powerbi',
    request: powerbi.requests.members(power, group('g')),
    reply: value,
    row: (identifier) => ({ identifier }),
    id: 'identifier',
  },
  'Power BI users for an admin': {
    provider: 'powerbi',
    request: powerbi.requests.members({ ...power, scope: 'admin' }, group('g')),
    reply: value,
    row: (identifier) => ({ identifier }),
    id: 'identifier',
  },
  'Entra groups': {
    provider: 'entra',
    request: entra.requests.groups(graph),
    reply: value,
    row: (id) => ({ id, displayName: 'x' }),
    id: 'id',
  },
  'Entra members': {
    provider: 'entra',
    request: entra.requests.members(graph, group('g')),
    reply: value,
    row: (id) => ({ id, '@odata.type': '#microsoft.graph.user' }),
    id: 'id',
  },
  'UiPath groups': {
    provider: 'uipath',
    request: uipath.requests.groups(path),
    reply: (rows) => rows,
    row: (id) => ({ id, members: null }),
    id: 'id',
  },
  'UiPath members': {
    provider: 'uipath',
    request: opened,
    reply: (members) => ({ id: 'g', members }),
    row: (identifier) => ({ identifier }),
    id: 'identifier',
  },
  'UiPath members by id': {
    provider: 'uipath',
    request: listed.next,
    reply: results,
    row: (id) => ({ id, type: 0 }),
    id: 'id',
  },
  'UiPath users': {
    provider: 'uipath',
    request: uipath.requests.directory(path),
    reply: results,
    row: (id) => ({ id, type: 0 }),
    id: 'id',
  },
};

/** JSON with the names that the decoders look at, so that the values get deep. */
const key = fc.constantFrom(
  'value',
  'results',
  'members',
  'users',
  'id',
  'identifier',
  'totalCount',
  '@odata.count',
  '@odata.nextLink',
  '@odata.type',
  'profile',
  'type',
  '__proto__',
);
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, 0, 1, -1, 1.5, '', ' ', 'x', 'None'),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie('json')), { maxLength: 4 }).map((entries) => new Map(entries as [string, unknown][])),
    fc.jsonValue({ maxDepth: 2 }),
  ),
}));
/** By hand: an object literal cannot have an own key `__proto__`. */
const text = (json: unknown): string => {
  if (Array.isArray(json)) return `[${json.map(text).join(',')}]`;
  if (json instanceof Map)
    return `{${[...json].map(([name, one]) => `${JSON.stringify(name)}:${text(one)}`).join(',')}}`;
  return JSON.stringify(json) ?? 'null';
};

const unreadable = fc.constantFrom<unknown>(null, true, 7, 'x', [], ['x'], {}, { displayName: 'x' });

for (const [name, { provider, request, reply, row, id }] of Object.entries(cases)) {
  const decode = decoders[provider] as Decode;

  describe(`Decoding ${name}`, () => {
    it('throws nothing but badResponse, for any bytes', () => {
      fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void pageOf(decode, bytes, request)));
    });

    it('throws nothing but badResponse, for any JSON, and never makes up a row', () => {
      fc.assert(
        fc.property(json, (body) => {
          const page = pageOf(decode, bytesOf(text(body)), request);
          const rows = [
            ...(page?.groups ?? []),
            ...(page?.members ?? []),
            ...(page?.groups ?? []).flatMap((one) => one.members ?? []),
          ];
          for (const one of rows) assert.ok(one.id.trim() && one.name.trim());
        }),
        { numRuns: 500 },
      );
    });

    it('throws nothing but badResponse, for any rows', () => {
      fc.assert(
        fc.property(fc.array(json, { maxLength: 5 }), (rows) => {
          const body = text(reply('ROWS')).replace('"ROWS"', () => text(rows));
          const page = pageOf(decode, bytesOf(body), request);
          if (page) assert.equal(countOf(page), rows.length);
        }),
        { numRuns: 500 },
      );
    });

    it('counts every row that it cannot read', () => {
      const bad = fc.oneof(
        unreadable,
        fc.constantFrom<unknown>(5, '', ' ', null, {}, []).map((wrong) => ({ [id]: wrong })),
      );
      fc.assert(
        fc.property(
          fc.array(
            fc.oneof(
              bad.map((one) => ({ one })),
              fc.uuid(),
            ),
            { minLength: 1, maxLength: 20 },
          ),
          (parts) => {
            const rows = parts.map((part) => (typeof part === 'string' ? row(part) : part.one));
            const ids = parts.filter((part) => typeof part === 'string');
            const page = decode(bytesOf(reply(rows)), request);
            assert.deepEqual(
              (page.groups ?? page.members)?.map((one) => one.id),
              ids,
            );
            assert.equal(page.malformed, rows.length - ids.length);
          },
        ),
      );
    });

    it('takes nothing but a list for a list', () => {
      const noList = fc.jsonValue().filter((one) => !Array.isArray(one));
      fc.assert(
        fc.property(noList, (rows) => {
          const page = pageOf(decode, bytesOf(reply(rows)), request);
          // A UiPath group without members is asked for them elsewhere.
          assert.ok(page === undefined || (request === opened && rows === null && page.next));
        }),
      );
    });
  });
}

function pageOf(decode: Decode, bytes: Uint8Array, request: PageRequest): DecodedPage | undefined {
  try {
    return decode(bytes, request);
  } catch (error) {
    assert.ok(isAppError(error, 'badResponse'), String(error));
    return undefined;
  }
}

function countOf({ groups, members, malformed, next }: DecodedPage): number {
  if (!groups && !members && next) return 0;
  return (groups?.length ?? 0) + (members?.length ?? 0) + malformed;
}
