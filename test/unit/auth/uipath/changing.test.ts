import assert from 'node:assert/strict';
import { addMember } from '../../../../src/commands/addMember.ts';
import { allowChanges } from '../../../../src/commands/allowChanges.ts';
import type { CommandDeps } from '../../../../src/commands/command.ts';
import type { Auth } from '../../../../src/core/model.ts';
import { providers } from '../../../../src/providers/index.ts';
import { scopesIn } from '../../../../src/sync/changes/tokenScopes.ts';
import { type Core, startCore } from '../../../support/core.ts';
import { createFakeDeps, run } from '../../../support/fakeCommandDeps.ts';
import { close, type FakeUi, type Reply } from '../../../support/fakeUi.ts';
import {
  application,
  freePorts,
  type IdentityServer,
  person,
  startIdentityServer,
} from '../../../support/identityServer.ts';
import { atOnce } from '../../../support/signInByHand.ts';

const never = new AbortController().signal;
const reading = 'PM.Group.Read PM.User.Read PM.RobotAccount.Read';
const write = 'pm.group.write';

describe('signing in to UiPath for changes', function () {
  this.timeout(30_000);
  let server: IdentityServer;
  let core: Core;
  /** What was asked for in the browser. */
  let asked: string[];

  async function start(registered?: string): Promise<void> {
    const ports = await freePorts(1);
    asked = [];
    server = await startIdentityServer({ ports, ...(registered === undefined ? {} : { registered }) });
    const openBrowser = async (url: string) => {
      asked.push(new URL(url).searchParams.get('scope') ?? '');
      return atOnce.openBrowser(url);
    };
    core = startCore({ prompts: { ...atOnce, openBrowser }, redirectPorts: ports });
  }
  afterEach(async () => {
    await core.close();
    await server.close();
  });

  async function add(auth: Auth = { method: 'oauth', clientId: person.clientId }): Promise<string> {
    const id = await core.api.addTenant({ provider: 'uipath', name: 'Robots', endpoint: server.origin, auth });
    if (auth.method === 'oauth') await core.tenants.signIn(id, never);
    return id;
  }
  function user(...replies: Reply[]): { readonly deps: CommandDeps; readonly ui: FakeUi } {
    const fake = createFakeDeps(...replies);
    const { reader, writer } = core.store;
    const { sync, tenants } = core;
    const real = { reader, sync, tenants, providers: () => providers, allowChanges: writer.setAllowsChanges };
    return { deps: { ...fake, ...real }, ui: fake.ui };
  }
  const scopes = async (id: string) => scopesIn(await core.tenants.get(id)) ?? [];
  const allows = (id: string) => core.store.reader.tenant(id)?.allowsChanges === true;
  const wants = (scope: string | undefined) => scope?.includes('PM.Group.Write');

  it('asks for reading only until changes are allowed, then once for changing, and changes', async () => {
    await start();
    const id = await add();
    assert.equal(wants(asked[0]), false);
    const { deps, ui } = user('Allow Changes');
    await run(allowChanges, deps, { tenantId: id });
    assert.match(ui.shown[0]?.text ?? '', /You are signed in for reading only: you sign in again for this\./);
    assert.equal(asked.length, 2);
    assert.equal(wants(asked[1]), true);
    assert.ok((await scopes(id)).includes(write));
    assert.ok(allows(id));

    const { items: groups } = await core.api.groups(id);
    const { items: others } = await core.api.members(id, groups[0]?.id ?? '');
    const { items: own } = await core.api.members(id, groups[1]?.id ?? '');
    const who = others.find(({ identifier }) => own.every((one) => one.identifier !== identifier));
    assert.ok(who && groups[1]);
    const adding = user(`${who.name} → ${who.name}`, 'Add');
    await run(addMember, adding.deps, { tenantId: id, groupId: groups[1].id });
    assert.deepEqual(adding.ui.informed, ['The change was made.']);
    const after = await core.api.members(id, groups[1].id, { refresh: true });
    assert.ok(after.items.some(({ identifier }) => identifier === who.identifier));
    assert.equal(asked.length, 2);

    await core.tenants.signIn(id, never);
    assert.equal(wants(asked[2]), true);
    await core.store.writer.setAllowsChanges(id, false);
    await core.tenants.signIn(id, never);
    assert.equal(wants(asked[3]), false);
  });

  it('asks nobody again who is signed in for changing', async () => {
    await start();
    const id = await add();
    await core.tenants.signIn(id, never, { forChanges: true });
    const { deps, ui } = user('Allow Changes');
    await run(allowChanges, deps, { tenantId: id });
    assert.doesNotMatch(ui.shown[0]?.text ?? '', /sign in again/);
    assert.equal(asked.length, 2);
  });

  it('that the application may not ask for is told, and the sign-in so far goes on reading', async () => {
    await start(reading);
    const id = await add();
    await core.api.groups(id);
    const grants = server.grants.length;
    const { deps, ui } = user('Allow Changes', close);
    await assert.rejects(run(allowChanges, deps, { tenantId: id }), { kind: 'cancelled' });
    const [, told] = ui.shown;
    assert.match(told?.text ?? '', /may not ask for PM\.Group\.Write, which changing needs\..*invalid_scope/s);
    assert.equal(allows(id), false);
    assert.equal((await core.api.groups(id, { refresh: true })).completeness.state, 'complete');
    assert.equal(server.grants.length, grants, 'no other token was needed');
  });

  it('again, where changes are allowed and the application lost the scope, is for reading', async () => {
    await start(reading);
    const id = await add();
    await core.store.writer.setAllowsChanges(id, true);
    const before = asked.length;
    await core.tenants.signIn(id, never);
    assert.deepEqual(asked.slice(before).map(wants), [true, false]);
    assert.ok(!(await scopes(id)).includes(write));
  });

  for (const [what, registered, expected] of [
    ['gets a token for changing', undefined, true],
    ['reads on where it has no such scope', reading, false],
  ] as const) {
    it(`as a confidential application ${what} once changes are allowed, without being asked`, async () => {
      await start(registered);
      const id = await add({ method: 'clientCredentials', ...application });
      assert.ok(!(await scopes(id)).includes(write));
      await run(allowChanges, user('Allow Changes').deps, { tenantId: id });
      assert.equal((await scopes(id)).includes(write), expected);
      assert.equal((await core.api.groups(id, { refresh: true })).completeness.state, 'complete');
      assert.deepEqual(asked, []);
    });
  }
});
