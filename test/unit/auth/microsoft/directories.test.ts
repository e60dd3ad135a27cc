import assert from 'node:assert/strict';
import { listDirectories } from '../../../../src/auth/microsoft/directories.ts';
import type { HttpRequest, Send } from '../../../../src/core/http/http.ts';
import {
  ana,
  ben,
  contoso,
  type EntraServer,
  entraTenant,
  fabrikam,
  person,
  startEntra,
  tailspin,
} from '../../../support/entra.ts';
import { translate } from '../../../support/fakeCommandDeps.ts';
import { isKind, never, type Stage, stage } from './stage.ts';

describe('the directories of an account', () => {
  let server: EntraServer;
  let window: Stage;
  beforeEach(async () => {
    server = await startEntra();
    window = stage(server);
  });
  afterEach(async () => {
    await server.close();
  });

  async function directoriesOf(userName: string) {
    const tenant = entraTenant('contoso');
    const accountId = (await window.interactive.signIn?.(tenant, person(server, userName), never))?.accountId;
    assert.ok(accountId);
    return window.interactive.directories?.({ ...tenant, accountId }, never);
  }

  it('are listed over all pages, with those where it is a guest', async () => {
    const expected = [contoso, fabrikam, tailspin];
    assert.deepEqual(await directoriesOf(ana.userName), expected);
    assert.deepEqual(await directoriesOf(ben.userName), [contoso]);
  });

  it('are typed where they may not be listed', async () => {
    await server.close();
    const apps = [
      { clientId: entraTenant('x').connection.clientId ?? '', unconsented: ['https://management.azure.com'] },
    ];
    server = await startEntra({ apps });
    window = stage(server);
    await assert.rejects(
      directoriesOf(ana.userName),
      isKind('forbidden', /type the directory id or domain.*AADSTS65001/),
    );
  });

  it('need someone to be signed in', async () => {
    await assert.rejects(
      async () => window.interactive.directories?.(entraTenant('contoso'), never),
      isKind('notSignedIn'),
    );
  });

  const arm = 'https://management.azure.com';
  const answering = (...bodies: unknown[]) => {
    const asked: HttpRequest[] = [];
    const send: Send = async (request) => {
      asked.push(request);
      const bytes = new TextEncoder().encode(JSON.stringify(bodies[Math.min(asked.length, bodies.length) - 1]));
      return { status: 200, bytes, header: () => undefined };
    };
    return { send, asked };
  };

  it('have a name in any case', async () => {
    const { send } = answering({
      value: [{ tenantId: 'a' }, { tenantId: 'b', displayName: null, defaultDomain: 'b.example' }],
    });
    const expected = [
      { id: 'a', name: 'a' },
      { id: 'b', name: 'b.example', domain: 'b.example' },
    ];
    assert.deepEqual(await listDirectories({ send, t: translate }, arm, 'token', never), expected);
  });

  it('are not asked for at another host, nor for ever', async () => {
    for (const nextLink of [
      'https://management.azure.com.evil.example/tenants',
      'https://management.azure.com@evil.example/tenants',
      'https://user@management.azure.com/tenants',
      'http://management.azure.com/tenants',
      'https://management.azure.com:444/tenants',
      '//evil.example/tenants',
      `${arm}/tenants?api-version=2022-12-01`,
    ]) {
      const { send, asked } = answering({ value: [], nextLink });
      await assert.rejects(
        listDirectories({ send, t: translate }, arm, 'token', never),
        isKind('badResponse'),
        nextLink,
      );
      assert.equal(asked.length, 1, nextLink);
    }
  });

  it('that make no sense are told', async () => {
    for (const body of ['', {}, { value: null }, { value: [{}] }, [], null]) {
      await assert.rejects(
        listDirectories({ send: answering(body).send, t: translate }, arm, 'token', never),
        isKind('badResponse'),
      );
    }
  });
});
