import assert from 'node:assert/strict';
import type { StoredConnection } from '../../../../src/core/model.ts';
import type { DecodedPage, PageRequest } from '../../../../src/core/provider/provider.ts';
import { decoders } from '../../../../src/providers/decoders.ts';
import { powerbi } from '../../../../src/providers/powerbi/index.ts';
import { bytesOf, group } from '../replies.ts';

const member: StoredConnection = { provider: 'powerbi', name: 'Contoso', signIn: 'accessToken' };
const admin: StoredConnection = { ...member, scope: 'admin' };
const { groups, members } = powerbi.requests;

describe('Requests to Power BI', () => {
  it('ask for my workspaces and their users, page by page', () => {
    assert.equal(groups(member).url, 'https://api.powerbi.com/v1.0/myorg/groups?$top=5000&$skip=0');
    assert.equal(
      members(member, group('g 1')).url,
      'https://api.powerbi.com/v1.0/myorg/groups/g%201/users?$top=5000&$skip=0',
    );
    assert.equal(groups(member).isAdmin, undefined);
  });

  it('ask for the whole tenant with its users at once', () => {
    assert.equal(groups(admin).url, 'https://api.powerbi.com/v1.0/myorg/admin/groups?$top=5000&$skip=0&$expand=users');
    assert.equal(members(admin, group('g')).url, 'https://api.powerbi.com/v1.0/myorg/admin/groups/g/users');
    assert.deepEqual([groups(admin).isAdmin, members(admin, group('g')).isAdmin], [true, true]);
  });

  it('ask for the workspaces of one person, of the whole tenant only', () => {
    const { memberOf } = powerbi.requests;
    assert.equal(memberOf?.(member, 'ana@x.example'), undefined);
    const request = memberOf?.(admin, "Ana.O'Neil+1&2@X.example") ?? assert.fail();
    assert.match(request.url, /\/v1\.0\/myorg\/admin\/groups\?\$top=5000&\$skip=0&\$expand=users&\$filter=users%2Fany/);
    const filterOf = ({ url }: PageRequest) => new URL(url).searchParams.get('$filter');
    const filter = "users/any(u: tolower(u/emailAddress) eq 'ana.o''neil+1&2@x.example')";
    assert.equal(filterOf(request), filter);
    const chosen = memberOf?.({ ...admin, workspaces: { leaveOut: ['deleted'] } }, "Ana.O'Neil+1&2@x.example");
    assert.equal(filterOf(chosen ?? assert.fail()), `state ne 'Deleted' and ${filter}`);
    assert.equal(request.isAdmin, true);
    // They are counted as one by the service.
    const budgetOf = (one: PageRequest) => powerbi.requests.budget?.(one, admin, 't') ?? assert.fail();
    assert.deepEqual(budgetOf(request), budgetOf(groups(admin)));
  });

  it('ask for chosen workspaces of the whole tenant only', () => {
    const filterOf = (connection: StoredConnection, request = groups) =>
      new URL(request(connection).url).searchParams.get('$filter');
    const chosen = { leaveOut: ['personal', 'deleted'], capacityIds: ['0F084DF7-C13D', "o'neil"] } as const;
    const expected =
      "type ne 'PersonalGroup' and type ne 'Personal' and state ne 'Deleted' and " +
      "(tolower(capacityId) eq '0f084df7-c13d' or tolower(capacityId) eq 'o''neil')";
    assert.equal(filterOf({ ...admin, workspaces: chosen }), expected);
    assert.equal(filterOf({ ...admin, workspaces: chosen }, powerbi.requests.probe), expected);
    const orphaned = filterOf({ ...admin, workspaces: { leaveOut: ['orphaned'] } });
    assert.match(orphaned ?? '', /Api\.GroupUserAccessRight'Admin'\)/);
    assert.doesNotMatch(groups({ ...admin, workspaces: chosen }).url, / /);
    for (const none of [
      { ...admin, workspaces: {} },
      { ...member, workspaces: chosen },
    ]) {
      assert.equal(filterOf(none), null);
    }
  });

  it('go to the cloud or the endpoint of the connection', () => {
    const root = (connection: Partial<StoredConnection>) => groups({ ...member, ...connection }).url.split('/v1.0')[0];
    assert.equal(root({ cloud: 'china' }), 'https://api.powerbi.cn');
    assert.equal(root({ cloud: 'usGovHigh' }), 'https://api.high.powerbigov.us');
    assert.equal(root({ cloud: 'china', endpoint: 'http://127.0.0.1:8080/contoso' }), 'http://127.0.0.1:8080/contoso');
  });

  /** Rows of a service that knows `$top` and `$skip`, whatever it caps and counts. */
  function readAll(first: PageRequest, rows: readonly unknown[], cap: number, count?: (inPage: number) => unknown) {
    const ids: string[] = [];
    const urls: string[] = [];
    let malformed = 0;
    for (let request: PageRequest | undefined = first; request; ) {
      urls.push(request.url);
      const query: URLSearchParams = new URL(request.url).searchParams;
      const [top, skip] = [Number(query.get('$top')), Number(query.get('$skip'))];
      const value = rows.slice(skip, skip + Math.min(top, cap));
      const page: DecodedPage | undefined = decoders.powerbi?.(
        bytesOf({ value, '@odata.count': count?.(value.length) }),
        request,
      );
      assert.ok(page);
      ids.push(...(page.groups ?? page.members ?? []).map((row) => row.id));
      malformed += page.malformed;
      if (!page.next) return { ids, urls, malformed, problem: page.problem };
      assert.deepEqual([page.next.shape, page.next.isAdmin], [request.shape, request.isAdmin]);
      request = page.next;
    }
    throw new Error('unreachable');
  }

  const rows = Array.from({ length: 12_345 }, (_, index) => ({ id: `id${index}`, identifier: `id${index}` }));
  const ids = rows.map(({ id }) => id);

  for (const [cap, counting, requests] of [
    [5000, undefined, 4],
    [5000, 'page', 4],
    [5000, 'total', 3],
    [100, undefined, 124],
    [1000, 'page', 14],
    [60, 'total', 206],
  ] as const) {
    it(`read every row once from a service that sends ${cap} a page and counts ${counting ?? 'nothing'}`, () => {
      for (const first of [groups(member), groups(admin), members(member, group('g'))]) {
        const read = readAll(first, rows, cap, (inPage) => (counting === 'page' ? inPage : counting && rows.length));
        assert.deepEqual(read.ids, ids);
        assert.deepEqual([read.urls.length, read.malformed, read.problem], [requests, 0, undefined]);
        assert.ok(read.urls.every((url) => url.includes('$expand=users') === first.url.includes('$expand')));
      }
    });
  }

  it('ask for every page with the same filter', () => {
    const first = groups({ ...admin, workspaces: { leaveOut: ['personal'] } });
    const { urls } = readAll(first, rows, 5000);
    const filters = urls.map((url) => new URL(url).searchParams.get('$filter'));
    assert.deepEqual([filters.length, new Set(filters).size, filters[3]?.includes('PersonalGroup')], [4, 1, true]);
  });

  it('count rows that cannot be read where the next page begins', () => {
    const read = readAll(
      groups(member),
      rows.map((row, index) => (index % 1000 === 7 ? null : row)),
      200,
    );
    assert.deepEqual([read.ids.length, read.malformed], [12_332, 13]);
    assert.equal(new Set(read.ids).size, 12_332);
  });

  it('tell when fewer rows come than are announced', () => {
    const read = readAll(groups(member), rows.slice(0, 20), 10, () => 25);
    assert.deepEqual(read.problem, { kind: 'badResponse', reason: 'The service announced 25 rows but sent 20.' });
  });
});

describe('Power BI in the browser', () => {
  const url = (connection: Partial<StoredConnection>, id?: string) =>
    powerbi.portalUrl({ ...member, ...connection }, id === undefined ? undefined : group(id));

  it('shows a workspace in the portal of its cloud', () => {
    assert.equal(url({}, 'g/1'), 'https://app.powerbi.com/groups/g%2F1/list');
    assert.equal(url({ cloud: 'usGovDod' }, 'g'), 'https://app.mil.powerbigov.us/groups/g/list');
    assert.equal(
      url({ endpoint: 'https://api.powerbigov.us/x', cloud: 'public' }, 'g'),
      'https://app.powerbigov.us/groups/g/list',
    );
    assert.equal(url({}), 'https://app.powerbi.com');
  });

  it('knows no portal of another endpoint, unless the cloud is said', () => {
    assert.equal(url({ endpoint: 'https://proxy.example' }, 'g'), undefined);
    assert.equal(url({ endpoint: 'https://proxy.example' }), undefined);
    assert.equal(
      url({ endpoint: 'https://proxy.example', cloud: 'china' }, 'g'),
      'https://app.powerbi.cn/groups/g/list',
    );
  });
});
