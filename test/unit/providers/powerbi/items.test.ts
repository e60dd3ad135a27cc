import assert from 'node:assert/strict';
import type { StoredConnection } from '../../../../src/core/model.ts';
import type { DecodedPage, PageRequest } from '../../../../src/core/provider/provider.ts';
import { decode } from '../../../../src/providers/powerbi/decode.ts';
import { powerbi } from '../../../../src/providers/powerbi/index.ts';

const admin: StoredConnection = {
  provider: 'powerbi',
  name: 'Contoso',
  signIn: 'accessToken',
  scope: 'admin',
};
const first = powerbi.requests.itemsOf?.(admin, 'Ana_x.example#EXT#@y.example') ?? assert.fail();
const route = 'https://api.powerbi.com/v1.0/myorg/admin/users/Ana_x.example%23EXT%23%40y.example/artifactAccess';
const page = (body: unknown, request: PageRequest = first): DecodedPage =>
  decode(new TextEncoder().encode(JSON.stringify(body)), request);

describe('Power BI items of one person', () => {
  it('are asked for in the whole tenant only, and counted apart', () => {
    assert.deepEqual([first.url, first.isAdmin], [route, true]);
    assert.equal(powerbi.requests.itemsOf?.({ ...admin, scope: 'member' }, 'ana@x.example'), undefined);
    const budget = powerbi.requests.budget?.(first, admin, 't') ?? assert.fail();
    assert.deepEqual(budget.limits, [{ most: 200, within: 3_600_000 }]);
    const others = [
      powerbi.requests.groups(admin),
      powerbi.requests.members(admin, { id: 'g', tenantId: 't', name: 'G', kind: 'workspace', details: {} }),
    ];
    for (const other of others) assert.notEqual(powerbi.requests.budget?.(other, admin, 't')?.key, budget.key);
  });

  it('are those of the documented example', () => {
    const { items, malformed, next, problem } = page({
      artifactAccessEntities: [
        {
          artifactId: '41ce06d1-d81b-4ea0-bc6d-2ce3dd2f8e87',
          displayName: 'test report',
          artifactType: 'Report',
          accessRight: 'ReadWrite',
        },
      ],
      continuationUri: `${route.replace('%40', '@')}?continuationToken='LDEsMTAwMDAwLDA%3D'`,
      continuationToken: 'LDEsMTAwMDAwLDA%3D',
    });
    assert.deepEqual(items, [
      { id: '41ce06d1-d81b-4ea0-bc6d-2ce3dd2f8e87', name: 'test report', type: 'Report', right: 'ReadWrite' },
    ]);
    assert.deepEqual([malformed, problem], [0, undefined]);
    assert.equal(next?.url, `${route.replace('%40', '@')}?continuationToken=%27LDEsMTAwMDAwLDA%3D%27`);
    assert.deepEqual([next?.isAdmin, next?.shape], [true, 'itemsOf']);
  });

  it('keep what is not known, and tell rows that cannot be read', () => {
    const { items, malformed } = page({
      artifactAccessEntities: [{ artifactId: 'a', artifactType: 'Hologram', extra: 1 }, { artifactId: ' ' }, 5, null],
    });
    assert.deepEqual(items, [{ id: 'a', name: 'a', type: 'Hologram' }]);
    assert.equal(malformed, 3);
  });

  it('go on by the token on this very route, where the address is another one or missing', () => {
    for (const continuationUri of [undefined, 'https://evil.example/x', 'https://api.powerbi.com/v1.0/other', 7]) {
      const { next } = page({ artifactAccessEntities: [], continuationUri, continuationToken: "a'b&c=d" });
      assert.equal(next?.url, `${route}?continuationToken=%27a%27b%26c%3Dd%27`);
      assert.equal(new URL(next?.url ?? '').searchParams.get('continuationToken'), "'a'b&c=d'");
    }
    const encoded = page({ artifactAccessEntities: [], continuationToken: 'LDEs%3D' });
    assert.equal(new URL(encoded.next?.url ?? '').searchParams.get('continuationToken'), "'LDEs='");
  });

  it('end where nothing is named, and without trust where a foreign address is all there is', () => {
    for (const none of [{}, { continuationToken: null, continuationUri: null }, { continuationToken: ' ' }])
      assert.deepEqual(page({ artifactAccessEntities: [], ...none }), { items: [], malformed: 0 });
    const { next, problem } = page({ artifactAccessEntities: [], continuationUri: 'https://evil.example/x' });
    assert.deepEqual([next, problem?.kind], [undefined, 'badResponse']);
  });

  it('end where a token comes again', () => {
    const body = (continuationToken: string) => ({ artifactAccessEntities: [], continuationToken });
    let request: PageRequest | undefined = first;
    let problem: DecodedPage['problem'];
    let pages = 0;
    // Of three tokens, round and round.
    for (; request && pages < 100; pages++) ({ next: request, problem } = page(body(`t${pages % 3}`), request));
    assert.match(problem?.reason ?? '', /again/);
    assert.ok(pages < 12);
  });

  it('are never none where the reply is something else', () => {
    for (const body of [null, [], {}, { artifactAccessEntities: null }, { value: [] }, 'x', { error: { code: 'E' } }])
      assert.throws(() => page(body), { kind: 'badResponse' });
  });
});
