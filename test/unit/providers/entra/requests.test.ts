import assert from 'node:assert/strict';
import type { Group, StoredConnection } from '../../../../src/core/model.ts';
import type { AfterError, DecodedPage, PageRequest } from '../../../../src/core/provider/provider.ts';
import { decode } from '../../../../src/providers/entra/decode.ts';
import { entra } from '../../../../src/providers/entra/index.ts';
import { bytesOf, group } from '../replies.ts';

const connection: StoredConnection = { provider: 'entra', name: 'Contoso', signIn: 'accessToken' };
const { groups, members } = entra.requests;
const graph = 'https://graph.microsoft.com/v1.0';

const user = (id: string) => ({ '@odata.type': '#microsoft.graph.user', id, displayName: id });
const app = (id: string) => ({ '@odata.type': '#microsoft.graph.servicePrincipal', id, displayName: id });
const users = (count: number) => Array.from({ length: count }, (_, index) => user(`u${index}`));

describe('Requests to Microsoft Graph', () => {
  it('ask for groups and their members in the largest pages', () => {
    assert.equal(groups(connection).url, `${graph}/groups?$top=999`);
    const { url } = members(connection, group('g 1'));
    assert.ok(url.startsWith(`${graph}/groups/g%201/members?$top=999&$select=id,displayName,mail,userPrincipalName,`));
  });

  it('go to the cloud or the endpoint of the connection', () => {
    const root = (more: Partial<StoredConnection>) => groups({ ...connection, ...more }).url.split('/v1.0')[0];
    assert.equal(root({ cloud: 'usGov' }), 'https://graph.microsoft.com');
    assert.equal(root({ cloud: 'usGovHigh' }), 'https://graph.microsoft.us');
    assert.equal(root({ cloud: 'usGovDod' }), 'https://dod-graph.microsoft.us');
    assert.equal(root({ cloud: 'china' }), 'https://microsoftgraph.chinacloudapi.cn');
    assert.equal(root({ endpoint: 'http://127.0.0.1:8080/contoso' }), 'http://127.0.0.1:8080/contoso');
  });
});

/** Reads a listing from a service that answers each address with one body, or refuses it with a status. */
function readAll(first: PageRequest, answer: (request: PageRequest) => unknown) {
  const ids: string[] = [];
  const requests: PageRequest[] = [];
  let problem: DecodedPage['problem'];
  for (let request: PageRequest | undefined = first; request; ) {
    requests.push(request);
    assert.ok(requests.length < 20, 'no end');
    const body = answer(request);
    if (typeof body === 'number') {
      const after: AfterError | undefined = entra.requests.afterError?.(
        request,
        Object.assign(new Error(), { status: body }) as never,
      );
      if (!after) return { ids, requests, problem, failed: body };
      request = 'next' in after ? after.next : undefined;
      continue;
    }
    const page: DecodedPage = decode(bytesOf(body), request);
    ids.push(...(page.groups ?? page.members ?? []).map(({ id }) => id));
    ({ problem, next: request } = { problem: page.problem, next: page.next });
  }
  return { ids, requests, problem, failed: undefined };
}

const shapesOf = (requests: readonly PageRequest[]) => requests.map(({ shape }) => shape);

describe('The pages of Microsoft Graph', () => {
  it('are followed by their links, whatever these say', () => {
    const links = [`${graph}/groups?$skiptoken=a`, '?$skiptoken=b', `${graph}/elsewhere`];
    const read = readAll(groups(connection), ({ url }) => {
      const link = links[['a', 'b'].findIndex((token) => url.endsWith(`=${token}`)) + 1];
      return { value: [{ id: url }], ...(url.endsWith('elsewhere') ? {} : { '@odata.nextLink': link }) };
    });
    assert.deepEqual(read.ids, [groups(connection).url, links[0], `${graph}/groups?$skiptoken=b`, links[2]]);
    assert.equal(read.problem, undefined);
  });

  for (const link of [
    'https://graph.microsoft.com.evil.example/v1.0/groups',
    'https://evil.example/v1.0/groups',
    'http://graph.microsoft.com/v1.0/groups',
    'https://graph.microsoft.com:444/v1.0/groups',
    'https://me@graph.microsoft.com/v1.0/groups',
    'https://graph.microsoft.com@evil.example/',
    '//evil.example/v1.0/groups',
    'javascript:alert(1)',
    'https://',
    7,
    {},
  ]) {
    it(`are not followed to ${JSON.stringify(link)}`, () => {
      const read = readAll(groups(connection), () => ({ value: [{ id: 'g' }], '@odata.nextLink': link }));
      assert.deepEqual([read.ids, read.requests.length, read.problem?.kind], [['g'], 1, 'badResponse']);
    });
  }
});

describe('The members of an Entra group', () => {
  const read = (answers: Record<string, unknown>, hidden: Partial<Group> = {}) =>
    readAll(members(connection, group('g', hidden)), ({ shape }) => answers[shape]);

  it('include service principals, which the list of members leaves out', () => {
    const { ids, requests, problem } = read({
      members: { value: users(3) },
      expanded: { members: [...users(3), app('a')] },
    });
    assert.deepEqual(ids, ['u0', 'u1', 'u2', 'a']);
    assert.equal(problem, undefined);
    assert.equal(requests[1]?.url, `${graph}/groups/g?$select=id&$expand=members`);
  });

  it('are asked for service principals alone where a group is too large to be expanded', () => {
    const { ids, requests, problem } = read({
      members: { value: users(20) },
      apps: { value: [{ id: 'a', displayName: 'A' }] },
    });
    assert.deepEqual([ids.length, ids.at(-1), problem], [21, 'a', undefined]);
    assert.equal(requests[1]?.url, `${graph}/groups/g/members/microsoft.graph.servicePrincipal?$count=true&$top=999`);
    assert.deepEqual(requests[1]?.headers, { ConsistencyLevel: 'eventual' });
  });

  it('take what came by a cast for service principals, for it need not say so', () => {
    const apps = readAll(members(connection, group('g')), () => ({ value: users(20) })).requests[1];
    assert.ok(apps);
    const page = decode(bytesOf({ value: [{ id: 'a', displayName: 'A' }] }), apps);
    assert.equal(page.members?.[0]?.principalType, 'app');
  });

  it('page service principals, too', () => {
    const found = readAll(members(connection, group('g')), ({ shape, url, headers }) => {
      if (shape === 'members') return { value: users(20) };
      assert.ok(headers, 'the header is sent with every page');
      return url.includes('skiptoken')
        ? { value: [app('b')] }
        : { value: [app('a')], '@odata.nextLink': `${url}&$skiptoken=1` };
    });
    assert.deepEqual(found.ids.slice(20), ['a', 'b']);
  });

  it('are asked for no more where the list names a service principal itself', () => {
    const { ids, requests } = read({ members: { value: [user('u'), app('a')] } });
    assert.deepEqual([ids, requests.length], [['u', 'a'], 1]);
  });

  it('are asked for by the other way where one is not open', () => {
    const cast = read({ members: { value: [] }, expanded: 400, apps: { value: [app('a')] } });
    assert.deepEqual([cast.ids, shapesOf(cast.requests)], [['a'], ['members', 'expanded', 'apps']]);
    const expanded = read({
      members: { value: users(25) },
      apps: 404,
      expanded: { members: [...users(25), app('a')] },
    });
    assert.deepEqual([expanded.ids.length, expanded.problem], [26, undefined]);
    const neither = read({ members: { value: [] }, expanded: 404, apps: 400 });
    assert.deepEqual([neither.failed, shapesOf(neither.requests)], [400, ['members', 'expanded', 'apps']]);
    const refused = read({ members: { value: [] }, expanded: 403 });
    assert.deepEqual([refused.failed, refused.requests.length], [403, 2]);
  });

  it('are not taken for whole where only some were expanded', () => {
    const full = read({
      members: { value: users(19) },
      expanded: { members: [...users(19), app('a')] },
      apps: { value: [app('a'), app('b')] },
    });
    assert.deepEqual([full.ids.length, shapesOf(full.requests)], [22, ['members', 'expanded', 'apps']]);
    const cut = read({ members: { value: users(25) }, apps: 400, expanded: { members: users(20) } });
    assert.deepEqual([cut.ids.length, cut.problem?.kind], [25, 'badResponse']);
  });

  it('are not nobody where the group hides them', () => {
    const hidden = { details: { id: 'g', visibility: 'HiddenMembership' } };
    const nobody = read({ members: { value: [] }, expanded: { members: [] } }, hidden);
    assert.equal(nobody.problem?.kind, 'forbidden');
    assert.match(nobody.problem?.reason ?? '', /Member\.Read\.Hidden/);
    assert.equal(read({ members: { value: [user('u')] }, expanded: { members: [] } }, hidden).problem, undefined);
    assert.equal(read({ members: { value: [] }, expanded: { members: [] } }).problem, undefined);
  });
});

describe('Entra in the browser', () => {
  const url = (more: Partial<StoredConnection>, id?: string) =>
    entra.portalUrl({ ...connection, ...more }, id === undefined ? undefined : group(id));

  it('shows a group in the admin center of its cloud', () => {
    assert.match(url({}, 'g/1') ?? '', /^https:\/\/entra\.microsoft\.com\/#view\/.*\/groupId\/g%2F1$/);
    assert.match(url({ cloud: 'usGovHigh' }, 'g') ?? '', /^https:\/\/entra\.microsoft\.us\/#/);
    assert.equal(url({}), 'https://entra.microsoft.com');
    assert.equal(url({ endpoint: 'https://proxy.example' }, 'g'), undefined);
  });
});
