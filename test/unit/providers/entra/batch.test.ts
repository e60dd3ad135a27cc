import assert from 'node:assert/strict';
import type { StoredConnection } from '../../../../src/core/model.ts';
import type { DecodedPage, PageRequest } from '../../../../src/core/provider/provider.ts';
import { decode } from '../../../../src/providers/entra/decode.ts';
import { entra } from '../../../../src/providers/entra/index.ts';
import { bytesOf, group } from '../replies.ts';

const connection: StoredConnection = { provider: 'entra', name: 'Contoso', signIn: 'accessToken' };
const graph = 'https://graph.microsoft.com/v1.0';
const user = (id: string) => ({ '@odata.type': '#microsoft.graph.user', id, displayName: id });
const app = (id: string) => ({ id, displayName: id });

function batchOf(of = connection, details: Record<string, unknown> = {}): PageRequest {
  return entra.requests.members(of, group('g', { details: { id: 'g', ...details } })).inOne ?? assert.fail();
}

/** The replies to members and apps; whatever else stands there as it is. */
function pageOf(responses: readonly unknown[], request = batchOf()): DecodedPage {
  return decode(bytesOf({ responses }), request);
}

const ok = (id: string, body: unknown) => ({ id, status: 200, headers: {}, body });
const idsOf = ({ members = [] }: DecodedPage) => members.map(({ id }) => id);
const sentIn = ({ body = '' }: PageRequest) =>
  (JSON.parse(body) as { requests: { id: string; method: string; url: string; headers?: object }[] }).requests;

describe('The first pages of an Entra group in one request', () => {
  it('are asked for below the root of the service', () => {
    const request = batchOf();
    assert.equal(request.url, `${graph}/$batch`);
    const [members, apps, ...none] = sentIn(request);
    assert.match(members?.url ?? '', /^\/groups\/g\/members\?\$top=999&\$select=id,/);
    assert.equal(apps?.url, '/groups/g/members/microsoft.graph.servicePrincipal?$count=true&$top=999');
    assert.deepEqual(apps?.headers, { ConsistencyLevel: 'eventual' });
    assert.deepEqual([members?.method, apps?.method, none], ['GET', 'GET', []]);
    assert.equal(batchOf({ ...connection, endpoint: 'https://x.example/p' }).url, 'https://x.example/p/v1.0/$batch');
  });

  for (const swapped of [false, true]) {
    it(`are read ${swapped ? 'in the other order' : 'in their order'}`, () => {
      const answers = [ok('1', { value: [user('u'), user('v')] }), ok('2', { value: [app('a')] })];
      const page = pageOf(swapped ? answers.reverse() : answers);
      assert.deepEqual([idsOf(page), page.next, page.problem], [['u', 'v', 'a'], undefined, undefined]);
      assert.deepEqual(
        page.members?.map(({ principalType }) => principalType),
        ['user', 'user', 'app'],
      );
    });
  }

  it('name somebody once who is in both', () => {
    const both = { ...app('a'), '@odata.type': '#microsoft.graph.servicePrincipal' };
    assert.deepEqual(idsOf(pageOf([ok('1', { value: [user('u'), both] }), ok('2', { value: [both] })])), ['u', 'a']);
  });

  it('are not mixed with replies that nobody asked for', () => {
    const page = pageOf([
      ok('3', { value: [user('x')] }),
      ok('', { value: [user('y')] }),
      { id: 1, status: 200, body: { value: [user('z')] } },
      ok('1', { value: [user('u')] }),
      ok('1', { value: [user('again')] }),
      'nothing',
      ok('2', { value: [] }),
    ]);
    assert.deepEqual([idsOf(page), page.next], [['u'], undefined]);
  });

  it('are asked for alone where they were not answered', () => {
    const missing = pageOf([ok('1', { value: [user('u')] })]);
    assert.deepEqual(idsOf(missing), ['u']);
    assert.match(missing.next?.url ?? '', /servicePrincipal/);
    assert.equal(missing.next?.answered, undefined);
    const both = pageOf([]);
    assert.match(both.next?.url ?? '', /\/groups\/g\/members\?/);
    assert.match(both.next?.behind?.url ?? '', /servicePrincipal/);
    assert.deepEqual([both.next?.inOne, both.members], [undefined, []]);
  });

  it('are asked for with what failed behind all else, as it was answered', () => {
    const headers = { 'Retry-After': '7', odd: 5 };
    const body = { error: { code: 'TooManyRequests', message: 'Slower.' } };
    const page = pageOf([{ id: '1', status: 429, headers, body }, ok('2', { value: [app('a')] })]);
    assert.deepEqual(idsOf(page), ['a']);
    assert.match(page.next?.url ?? '', /\/groups\/g\/members\?/);
    assert.deepEqual(page.next?.answered, {
      status: 429,
      headers: { 'retry-after': '7', odd: '5' },
      body: JSON.stringify(body),
    });
    const more = { value: [app('a')], '@odata.nextLink': `${graph}/groups/g/members/x?$skiptoken=1` };
    const later = pageOf([{ id: '1', status: 503 }, ok('2', more)]);
    assert.match(later.next?.url ?? '', /skiptoken=1/);
    assert.equal(later.next?.behind?.answered, undefined, 'by then it is to be asked anew');
  });

  it('keep what can be read where one has another shape', () => {
    for (const body of [undefined, null, {}, { value: null }, 'PGh0bWw+', { error: { message: 'Oops.' } }]) {
      const page = pageOf([ok('1', { value: [user('u')] }), ok('2', body)]);
      assert.deepEqual(idsOf(page), ['u']);
      const { next } = page;
      assert.equal(next?.answered?.status, 200);
      assert.throws(() => decode(bytesOf(next?.answered?.body ?? ''), next ?? assert.fail()), { kind: 'badResponse' });
    }
  });

  it('count rows that cannot be read', () => {
    const page = pageOf([ok('1', { value: [{}, user('u')] }), ok('2', { value: [null] })]);
    assert.deepEqual([idsOf(page), page.malformed], [['u'], 2]);
  });

  it('are followed by the next pages of both, in one again', () => {
    const link = (path: string, token: string) => `${graph}/groups/g/${path}?$skiptoken=${token}`;
    const first = pageOf([
      ok('1', { value: [user('u')], '@odata.nextLink': link('members', 'a') }),
      ok('2', { value: [app('a')], '@odata.nextLink': link('members/microsoft.graph.servicePrincipal', 'b') }),
    ]);
    const second = first.next?.inOne ?? assert.fail();
    assert.deepEqual(
      sentIn(second).map(({ url, headers }) => [url, headers]),
      [
        ['/groups/g/members?$skiptoken=a', undefined],
        ['/groups/g/members/microsoft.graph.servicePrincipal?$skiptoken=b', { ConsistencyLevel: 'eventual' }],
      ],
    );
    const page = pageOf([ok('2', { value: [app('b')] }), ok('1', { value: [user('v')] })], second);
    assert.deepEqual([idsOf(page), page.next, page.problem], [['v', 'b'], undefined, undefined]);
    // Where they are not taken in one, one comes behind the other.
    const alone = decode(bytesOf({ value: [user('v')] }), first.next ?? assert.fail());
    assert.match(alone.next?.url ?? '', /servicePrincipal\?\$skiptoken=b/);
    assert.equal(alone.next?.inOne, undefined);
    const last = decode(bytesOf({ value: [app('b')] }), alone.next ?? assert.fail());
    assert.deepEqual([idsOf(last), last.next], [['b'], undefined]);
  });

  it('are followed alone where only one goes on', () => {
    const page = pageOf([ok('1', { value: [user('u')], '@odata.nextLink': '?$skiptoken=a' }), ok('2', { value: [] })]);
    assert.equal(page.next?.url, `${graph}/groups/g/members?$skiptoken=a`);
    assert.equal(page.next?.inOne, undefined);
    const last = decode(bytesOf({ value: [user('v')] }), page.next ?? assert.fail());
    assert.deepEqual([idsOf(last), last.next], [['v'], undefined], 'the apps came already');
  });

  it('are not followed to another address, nor put in one with what is not below the root', () => {
    const foreign = pageOf([
      ok('1', { value: [user('u')], '@odata.nextLink': 'https://evil.example/v1.0/groups' }),
      ok('2', { value: [app('a')], '@odata.nextLink': `${graph}/groups/g/members/x?$skiptoken=b` }),
    ]);
    assert.equal(foreign.problem?.kind, 'badResponse');
    assert.equal(foreign.next?.url, `${graph}/groups/g/members/x?$skiptoken=b`);
    const beta = pageOf([
      ok('1', { value: [user('u')], '@odata.nextLink': 'https://graph.microsoft.com/beta/groups/g/members?x' }),
      ok('2', { value: [app('a')], '@odata.nextLink': `${graph}/groups/g/members/x?$skiptoken=b` }),
    ]);
    assert.equal(beta.next?.inOne, undefined);
    assert.equal(beta.next?.url, 'https://graph.microsoft.com/beta/groups/g/members?x');
    assert.match(beta.next?.behind?.url ?? '', /skiptoken=b/);
  });

  it('are not nobody where the group hides its members', () => {
    const hidden = batchOf(connection, { visibility: 'HiddenMembership' });
    const nobody = [ok('1', { value: [] }), ok('2', { value: [] })];
    assert.equal(pageOf(nobody, hidden).problem?.kind, 'forbidden');
    assert.equal(pageOf(nobody).problem, undefined);
    assert.equal(pageOf([nobody[0], ok('2', { value: [app('a')] })], hidden).problem, undefined);
    const alone = pageOf([ok('1', { value: [user('u')] })], hidden).next ?? assert.fail();
    assert.equal(decode(bytesOf({ value: [] }), alone).problem, undefined, 'somebody was told before');
  });

  for (const body of [{}, { responses: null }, { responses: {} }, [], null, 7]) {
    it(`are no list where the reply is ${JSON.stringify(body)}`, () => {
      assert.throws(() => decode(bytesOf(body), batchOf()), { kind: 'badResponse' });
    });
  }
});
