import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { isAppError } from '../../../src/core/errors.ts';
import type { StoredConnection } from '../../../src/core/model.ts';
import type { DecodedPage, PageRequest, ServiceProvider } from '../../../src/core/provider/provider.ts';
import type { GroupRow, MemberRow } from '../../../src/core/provider/rows.ts';
import { checkEndpoint } from '../../../src/core/tenants/endpoint.ts';
import { decoders } from '../../../src/providers/decoders.ts';
import { providers } from '../../../src/providers/index.ts';
import { bytesOf, connections, errorReply, fixture, group } from './replies.ts';

/** Of each provider: replies of its service, and how many rows they bring. */
const samples: Readonly<
  Record<string, readonly { file: string; listing: 'groups' | 'members'; rows: number; members?: number }[]>
> = {
  powerbi: [
    { file: 'powerbi/get-groups.json', listing: 'groups', rows: 4 },
    { file: 'powerbi/get-group-users.json', listing: 'members', rows: 3 },
  ],
  entra: [{ file: 'entra/list-groups.json', listing: 'groups', rows: 2 }],
  uipath: [{ file: 'uipath/get-all-groups.json', listing: 'groups', rows: 4, members: 4 }],
};

const groupKinds = ['workspace', 'personalWorkspace', 'builtIn', 'custom', 'security', 'microsoft365', 'unknown'];
const principalTypes = ['user', 'group', 'app', 'robot', 'everyone', 'unknown'];

for (const provider of providers) {
  const connection = connections[provider.id];
  const decode = decoders[provider.id];
  assert.ok(connection && decode, `${provider.id} has no connection or decoder`);
  const firstPage: Readonly<Record<string, PageRequest | undefined>> = {
    groups: provider.requests.groups(connection),
    members: provider.requests.members(connection, group('g')),
    directory: provider.requests.directory?.(connection),
  };

  describe(`The provider ${provider.id}`, () => {
    it('describes itself', () => {
      assert.match(provider.id, /^[a-z][a-zA-Z0-9]*$/);
      assert.ok(provider.label && provider.icon && provider.signInMethods.length > 0);
      assert.equal(Object.keys(provider.endpoints)[0], 'public');
    });

    it('counts its own service roots among its hosts', () => {
      for (const root of Object.values(provider.endpoints)) {
        assert.deepEqual(checkEndpoint(root, provider.hosts), {
          url: root,
          host: new URL(root).host,
          isForeign: false,
        });
      }
    });

    it('sends every first request below the service root, as plain data', () => {
      const endpoint = 'https://one.example/prefix';
      for (const root of [provider.endpoints.public ?? '', endpoint]) {
        const own: StoredConnection = root === endpoint ? { ...connection, endpoint } : connection;
        for (const request of requestsOf(provider, own)) {
          assert.ok(request.url.startsWith(`${root}/`), request.url);
          assert.deepEqual(structuredClone(request), request);
          assert.deepEqual(JSON.parse(JSON.stringify(request)), request);
        }
      }
    });

    it("asks by the service's own id, encoded", () => {
      const { url } = provider.requests.members(connection, group('a/../b?c#d~2', { details: { id: 'a/../b?c#d' } }));
      assert.ok(url.includes('/a%2F..%2Fb%3Fc%23d'), url);
      assert.ok(!url.includes('~2'));
    });

    for (const { file, listing, rows, members = 0 } of samples[provider.id] ?? []) {
      it(`reads ${file}, with and without a byte order mark`, () => {
        const request = firstPage[listing];
        assert.ok(request);
        const page = decode(fixture(file), request);
        checkRows(page);
        assert.deepEqual(
          [page[listing]?.length, page.malformed, page.next, page.problem],
          [rows, 0, undefined, undefined],
        );
        assert.equal(page.groups?.flatMap((row) => row.members ?? []).length ?? 0, members);
        assert.deepEqual(decode(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), fixture(file)]), request), page);
      });

      it(`takes ${file} for cut off wherever it ends early`, () => {
        const request = firstPage[listing];
        const bytes = fixture(file);
        const whole = bytes.toString().trimEnd().length;
        assert.ok(request);
        for (let length = 1; length < whole; length += 37) {
          assert.throws(
            () => decode(bytes.subarray(0, length), request),
            (error) => isAppError(error, 'badResponse') && error.isCutOff,
          );
        }
      });
    }

    it('has a sample reply', () => assert.ok(samples[provider.id]?.some(({ listing }) => listing === 'groups')));

    for (const [listing, request] of Object.entries(firstPage)) {
      if (!request) continue;
      for (const [what, body] of Object.entries({
        'a web page': '\n<!DOCTYPE html><html><body>Sign in</body></html>',
        'an empty body': '',
        'a blank body': ' \r\n',
        text: 'Service Unavailable',
        null: null,
        'a number': 7,
        '{}': {},
        'a null list': { value: null, results: null, members: {} },
        'a list that is none': { value: {}, results: 'x', members: 'x' },
        'an error with status 200': { error: { message: 'Something broke.' } },
      })) {
        it(`refuses ${what} for ${listing}, in plain words`, () => {
          assert.throws(
            () => decode(bytesOf(body), request),
            (error) =>
              isAppError(error, 'badResponse') && !error.isCutOff && /^The service [\w\s,'.:]+\.$/.test(error.message),
          );
        });
      }

      it(`says the service's own words when an error comes with status 200 for ${listing}`, () => {
        assert.throws(
          () => decode(bytesOf({ error: { message: 'Something broke.' } }), request),
          (error) => isAppError(error) && error.message.includes('Something broke.'),
        );
      });
    }

    it('says what 401 and 403 mean, and leaves other statuses alone', () => {
      for (const status of [401, 403]) {
        assert.match(provider.refineKind(errorReply(status, { error: {} })) ?? '', /^(notSignedIn|forbidden)$/);
      }
      for (const status of [302, 400, 404, 429, 500, 503])
        assert.equal(provider.refineKind(errorReply(status)), undefined);
    });

    it('finds no words where there are none, and few where there are many', () => {
      for (const body of [
        '',
        ' ',
        '<html>Oops</html>',
        '{',
        '[]',
        '"x"',
        {},
        { error: {} },
        { error: null, message: 5 },
      ]) {
        assert.equal(provider.errorMessage(errorReply(500, body)), undefined, JSON.stringify(body));
      }
      const words = provider.errorMessage(errorReply(500, { message: `a\nb ${'x'.repeat(9999)}` })) ?? '';
      assert.match(words, /^a b x+…$/);
      assert.ok(words.length <= 501);
    });
  });
}

describe('The list of providers', () => {
  it('names each once, and has a decoder for each', () => {
    assert.deepEqual(providers.map(({ id }) => id).sort(), Object.keys(decoders).sort());
    assert.equal(new Set(providers.map(({ id }) => id)).size, providers.length);
  });

  it('brings no schemas: only the worker decodes', async () => {
    const entry = fileURLToPath(new URL('../../../src/providers/index.ts', import.meta.url));
    const { metafile } = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      format: 'esm',
    });
    const inputs = Object.keys(metafile.inputs);
    assert.deepEqual(
      inputs.filter((input) => /node_modules|decode/.test(input)),
      [],
    );
    assert.ok(inputs.length > 5);
  });
});

function requestsOf({ requests }: ServiceProvider, connection: StoredConnection): PageRequest[] {
  const directory = requests.directory?.(connection);
  return [requests.groups(connection), requests.members(connection, group('g')), ...(directory ? [directory] : [])];
}

function checkRows({ groups = [], members = [] }: DecodedPage): void {
  for (const row of groups) checkGroup(row);
  for (const row of members) checkMember(row);
}

function checkGroup({ id, name, kind, details, members = [] }: GroupRow): void {
  assert.ok(id.trim() && name.trim());
  assert.ok(groupKinds.includes(kind ?? ''), kind);
  assert.equal(details?.id, id);
  for (const member of members) checkMember(member);
}

function checkMember({ id, name, identifier, principalType }: MemberRow): void {
  assert.ok(id.trim() && name.trim() && identifier.trim());
  assert.ok(principalTypes.includes(principalType), principalType);
}
