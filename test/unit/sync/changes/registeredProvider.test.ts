import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Wish } from '../../../../src/core/changes/changes.ts';
import { undoWishes } from '../../../../src/core/changes/undo.ts';
import { clubProvider } from '../../../sampleProvider/clubProvider.js';
import { type Core, startCore } from '../../../support/core.ts';

const { signal } = new AbortController();

describe('changes by a provider of another extension', () => {
  let core: Core;
  let server: Server;
  let tenantId: string;
  const team = new Map<string, { id: string; name: string; role: string }>();
  /** What happens to the next change: before, instead of, or after it is done. */
  let fault: 'refuse' | 'loseReply' | undefined;
  let changed: string[] = [];

  beforeEach(async () => {
    team.clear();
    team.set('ada', { id: 'ada', name: 'Ada', role: 'Captain' });
    team.set('bob', { id: 'bob', name: 'Bob', role: 'Player' });
    changed = [];
    fault = undefined;
    server = createServer(async (request, reply) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://club');
      const list = (items: readonly unknown[]) => reply.end(JSON.stringify({ items, hasMore: false }));
      if (pathname === '/teams') return list([{ id: 'a', name: 'Archers' }]);
      if (pathname === '/players') {
        const from = searchParams.get('startsWith') ?? '';
        return list([{ id: 'cleo', name: 'Cleo' }, { id: 7 }].filter(({ name }) => name?.startsWith(from) ?? true));
      }
      if (request.method === 'GET') return list([...team.values()]);
      changed.push(`${request.method} ${pathname}`);
      const met = fault;
      fault = undefined;
      if (met === 'refuse') return reply.writeHead(403).end();
      const id = pathname.split('/').at(-1) ?? '';
      const body = JSON.parse((await text(request)) || '{}');
      if (request.method === 'POST') team.set(body.id, body);
      else if (request.method === 'DELETE') team.delete(id);
      else team.set(id, { ...(team.get(id) ?? assert.fail(id)), ...body });
      return met === 'loseReply' ? request.socket.destroy() : reply.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    core = startCore();
    core.api.registerProvider(clubProvider);
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const auth = { method: 'accessToken', accessToken: 'secret' } as const;
    tenantId = await core.api.addTenant({ provider: 'club', name: 'Club', endpoint, auth });
    await core.store.writer.setAllowsChanges(tenantId, true);
    await core.api.groups(tenantId);
  });
  afterEach(async () => {
    await core.close();
    server.closeAllConnections();
    server.close();
  });

  const player = (id: string) => ({ identifier: id, principalType: 'user', name: id });
  const wish = (kind: Wish['kind'], id: string, accessRight?: string): Wish => ({
    ...{ kind, tenantId, groupId: 'a', principal: player(id) },
    ...(accessRight === undefined ? {} : { accessRight }),
  });
  const apply = async (...wishes: readonly Wish[]) => {
    const changes = await core.sync.changes();
    const { results } = await changes.apply(await changes.plan(wishes, signal), { signal });
    return results.map(({ outcome, isSeen }) => [outcome, isSeen]);
  };
  const roles = () => Object.fromEntries([...team.values()].map(({ id, role }) => [id, role]));

  it('are planned, made, read back, recorded and undone as our own are', async () => {
    const before = roles();
    const done = await apply(
      wish('addMember', 'cleo', 'Player'),
      wish('changeAccessRight', 'bob', 'Captain'),
      wish('removeMember', 'ada'),
    );
    assert.deepEqual(done, Array(3).fill(['applied', true]));
    assert.deepEqual(roles(), { bob: 'Captain', cleo: 'Player' });
    const log = await core.store.reader.changeLog({ limit: 9 });
    assert.deepEqual(await apply(...undoWishes(log, undefined).wishes), Array(3).fill(['applied', true]));
    assert.deepEqual(roles(), before);
  });

  it('are refused before anything is sent where the provider does not know the right', async () => {
    const { problems } = await (await core.sync.changes()).plan([wish('addMember', 'cleo', 'Admin')], signal);
    assert.deepEqual(problems, [{ wish: 0, code: 'unknownRight', values: ['Captain', 'Player'] }]);
    assert.deepEqual(changed, []);
  });

  it('are never sent twice: what was refused failed, what was done without a reply is seen', async () => {
    fault = 'refuse';
    assert.deepEqual(await apply(wish('addMember', 'cleo', 'Player')), [['failed', undefined]]);
    fault = 'loseReply';
    assert.deepEqual(await apply(wish('removeMember', 'bob')), [['applied', true]]);
    assert.deepEqual(changed, ['POST /teams/a/players', 'DELETE /teams/a/players/bob']);
  });

  it('can be of whom it finds; rows of another form are left out', async () => {
    const { principals, problem } = await (await core.sync.changes()).search(tenantId, 'Cl', signal);
    assert.deepEqual([principals, problem], [[{ identifier: 'cleo', principalType: 'user', name: 'Cleo' }], undefined]);
  });

  it('never tell the token that it repeats when it cannot search', async () => {
    const searchPrincipals = async ({ getToken }: { getToken(): Promise<string> }) => {
      throw new Error(`Nobody may ask with ${await getToken()}.`);
    };
    core.api.registerProvider({ ...clubProvider, id: 'echo', writes: { ...clubProvider.writes, searchPrincipals } });
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const auth = { method: 'accessToken', accessToken: 'secret' } as const;
    const echoing = await core.api.addTenant({ provider: 'echo', name: 'Echo', endpoint, auth });
    const { problem } = await (await core.sync.changes()).search(echoing, 'Cl', signal);
    assert.equal(problem, 'Nobody may ask with ‹token›.');
  });
});
