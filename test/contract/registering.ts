import assert from 'node:assert/strict';
import type { Disposable, GroupRow, MemberRow, ProviderContext, ProviderDefinition } from '../../src/api.ts';
import { idsOf, type OpenApi, rejectsWith, useStage } from './stage.ts';

const groupRow = (id: string): GroupRow => ({ id, name: `Group ${id}`, kind: 'custom', details: { id } });
const memberRow = (id: string): MemberRow => ({ id, name: id, identifier: id, principalType: 'user' });

function failure(message: string, more: object): Error {
  return Object.assign(new Error(message), more);
}

/** Providers that other extensions register. */
export function describeRegistering(open: OpenApi): void {
  describe('registered providers', () => {
    const stage = useStage(open);
    const registered: Disposable[] = [];
    afterEach(() => {
      for (const registration of registered.splice(0)) registration.dispose();
    });

    /** A small provider; what a test is about, it overrides. */
    function definition(change: Partial<ProviderDefinition> = {}): ProviderDefinition {
      return {
        id: 'ldap',
        label: 'LDAP',
        icon: 'server',
        capabilities: [],
        signInMethods: ['accessToken'],
        async *listGroups() {
          yield [groupRow('a'), groupRow('b')];
          yield [groupRow('c')];
        },
        async *listMembers(_, group) {
          yield [memberRow(`${group.id}-1`), memberRow(`${group.id}-2`)];
        },
        ...change,
      };
    }

    async function connect(change: Partial<ProviderDefinition> = {}): Promise<string> {
      registered.push(stage.api.registerProvider(definition(change)));
      return stage.add({ provider: 'ldap', name: 'Directory', auth: { method: 'accessToken', accessToken: 'secret' } });
    }

    it('are read as our own are', async () => {
      const tenantId = await connect();
      const { items, completeness } = await stage.api.groups(tenantId);
      assert.deepEqual([idsOf(items), completeness.state], [['a', 'b', 'c'], 'complete']);
      assert.deepEqual(items[0], { id: 'a', tenantId, name: 'Group a', kind: 'custom', details: { id: 'a' } });
      assert.deepEqual(idsOf((await stage.api.members(tenantId, 'b')).items), ['b-1', 'b-2']);
      const whole = await stage.api.loadAll(tenantId);
      assert.deepEqual([whole.state, whole.count], ['complete', 6]);
    });

    it('are given the connection, the token and the group', async () => {
      const seen: unknown[] = [];
      const tenantId = await connect({
        async *listMembers(context, group) {
          seen.push(context.connection.name, await context.getToken(), group.id, context.signal.aborted);
          yield [];
        },
      });
      await stage.api.members(tenantId, 'a');
      assert.deepEqual(seen, ['Directory', 'secret', 'a', false]);
    });

    it('may bring members along with their groups', async () => {
      let asked = 0;
      const tenantId = await connect({
        async *listAll() {
          yield [{ ...groupRow('a'), members: [memberRow('x')] }, groupRow('b')];
        },
        async *listMembers() {
          asked += 1;
          yield [memberRow('y')];
        },
      });
      assert.deepEqual(idsOf((await stage.api.members(tenantId, 'a')).items), ['x']);
      assert.deepEqual(idsOf((await stage.api.members(tenantId, 'b')).items), ['y']);
      assert.equal(asked, 1);
    });

    it('may send one id twice in a page', async () => {
      const tenantId = await connect({
        async *listGroups() {
          yield [groupRow('a'), { ...groupRow('a'), name: 'Another' }];
        },
        async *listMembers() {
          yield [memberRow('x'), memberRow('x')];
        },
      });
      assert.deepEqual(idsOf((await stage.api.groups(tenantId)).items), ['a', 'a~2']);
      assert.deepEqual(idsOf((await stage.api.members(tenantId, 'a~2')).items), ['x', 'x~2']);
    });

    it('end in the state of the error that they throw', async () => {
      const retryAt = new Date(Date.now() + 3_600_000).toISOString();
      const cases = [
        [failure('No right.', { kind: 'forbidden' }), 'denied', 'forbidden'],
        [failure('Slower.', { kind: 'throttled', retryAt }), 'throttled', 'throttled'],
        [failure('Where?', { kind: 'notFound' }), 'failed', 'notFound'],
        [failure('Offline.', { kind: 'offline' }), 'failed', 'offline'],
        [failure('Who knows.', { kind: 'somethingElse' }), 'failed', 'badResponse'],
        [new TypeError('A bug.'), 'failed', 'badResponse'],
      ] as const;
      let error: Error | undefined;
      let rows: GroupRow[] = [];
      const tenantId = await connect({
        async *listGroups() {
          if (rows.length > 0) yield rows;
          if (error) throw error;
        },
      });
      for (const [thrown, state, kind] of cases) {
        error = thrown;
        const { completeness } = await stage.api.groups(tenantId, { refresh: true });
        assert.deepEqual([completeness.state, completeness.kind], [state, kind]);
        assert.match(completeness.reason ?? '', new RegExp(thrown.message));
        assert.equal(completeness.retryAt, kind === 'throttled' ? retryAt : undefined);
      }
      rows = [groupRow('a')];
      error = failure('No right.', { kind: 'forbidden' });
      const { items, completeness } = await stage.api.groups(tenantId, { refresh: true });
      assert.deepEqual([idsOf(items), completeness.state, completeness.kind], [['a'], 'partial', 'forbidden']);
    });

    it('are not trusted: what is no row is left out, and the listing is partial', async () => {
      const rows = [groupRow('a'), { id: 'b' }, null, 'c', { id: 4, name: 'd' }] as unknown as GroupRow[];
      const tenantId = await connect({
        async *listGroups() {
          yield rows;
        },
      });
      const { items, completeness } = await stage.api.groups(tenantId);
      assert.deepEqual([idsOf(items), completeness.state, completeness.kind], [['a'], 'partial', 'badResponse']);
    });

    it('are not trusted: whatever they yield or return is a failed listing at worst', async () => {
      const pages: unknown[] = [undefined, 5, [() => 1], { length: 1 }];
      let page: unknown;
      const broken = {
        listGroups: async function* () {
          yield page;
        },
      } as unknown as Partial<ProviderDefinition>;
      const tenantId = await connect(broken);
      for (page of pages) {
        const { items, completeness } = await stage.api.groups(tenantId, { refresh: true });
        assert.deepEqual([items, completeness.state, completeness.kind], [[], 'failed', 'badResponse'], String(page));
      }
      for (const returned of [undefined, {}, Promise.resolve([])]) {
        registered.pop()?.dispose();
        registered.push(stage.api.registerProvider(definition({ listGroups: () => returned as never })));
        const { completeness } = await stage.api.groups(tenantId, { refresh: true });
        assert.deepEqual([completeness.state, completeness.kind], ['failed', 'badResponse']);
      }
    });

    it('are told of an abort, and not waited for', async () => {
      const begun = Promise.withResolvers<ProviderContext>();
      let isStubborn = true;
      const tenantId = await connect({
        async *listGroups(context) {
          begun.resolve(context);
          if (isStubborn) await new Promise(() => undefined);
          yield [groupRow('a')];
        },
      });
      const leaver = new AbortController();
      const leaving = rejectsWith('cancelled', stage.api.groups(tenantId, { signal: leaver.signal }));
      const { signal } = await begun.promise;
      leaver.abort();
      await leaving;
      assert.equal(signal.aborted, true);
      isStubborn = false;
      assert.deepEqual(idsOf((await stage.api.groups(tenantId)).items), ['a']);
    });

    it('leave their rows behind when their extension goes', async () => {
      const tenantId = await connect();
      const before = await stage.api.groups(tenantId);
      registered.pop()?.dispose();
      assert.deepEqual(await stage.api.groups(tenantId), before);
      const { items, completeness } = await stage.api.groups(tenantId, { refresh: true });
      assert.deepEqual([items, completeness.state, completeness.kind], [before.items, 'failed', 'invalid']);
      assert.match(completeness.reason ?? '', /“ldap”/);
    });

    it('must be well-formed, and have an id of their own', async () => {
      const throwsKind = (kind: string, change: object) =>
        assert.throws(() => stage.api.registerProvider(definition(change)), { kind });
      throwsKind('conflict', { id: 'powerbi' });
      throwsKind('invalid', { id: '' });
      throwsKind('invalid', { label: undefined });
      throwsKind('invalid', { listMembers: 'none' });
      await connect();
      throwsKind('conflict', {});
    });
  });
}
