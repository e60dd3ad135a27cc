import assert from 'node:assert/strict';
import type { TenantConnection } from '../../src/api.ts';
import { lines } from './lines.ts';
import { type OpenApi, rejectsWith, useStage } from './stage.ts';
import { plainPowerBI, plainUiPath } from './tenants.ts';

const valid = {
  provider: 'powerbi',
  name: 'Contoso',
  endpoint: 'http://127.0.0.1:9',
  auth: { method: 'accessToken', accessToken: 'some-token' },
} as const;

/** What another extension may hand over: anything. */
const invalid: Readonly<Record<string, unknown>> = {
  nothing: undefined,
  'no object': 'powerbi',
  'an unknown provider': { ...valid, provider: 'nobody' },
  'no name': { ...valid, name: ' ' },
  'an endless name': { ...valid, name: 'x'.repeat(201) },
  'no sign-in': { ...valid, auth: undefined },
  'an unknown sign-in': { ...valid, auth: { method: 'guess' } },
  'no token': { ...valid, auth: { method: 'accessToken', accessToken: '' } },
  'a token that no header can carry': { ...valid, auth: { method: 'accessToken', accessToken: 'a\r\nb: c' } },
  'an unknown scope': { ...valid, scope: 'everything' },
  'an unknown cloud': { ...valid, endpoint: undefined, cloud: 'nine' },
  'no partition': { ...valid, provider: 'uipath' },
};

const refused: Readonly<Record<string, string>> = {
  'no address': 'contoso',
  'another scheme': 'ftp://api.powerbi.com',
  'plain http beyond this machine': 'http://api.powerbi.com',
  'plain http to another machine of the network': 'http://192.168.0.1',
  'a host that is not the service': 'https://evil.example',
  'a host that begins as the service does': 'https://api.powerbi.com.evil.example',
  'another port of the service': 'https://api.powerbi.com:8443',
  'a password': 'https://user:secret@api.powerbi.com',
  'a query': 'https://api.powerbi.com/?x=1',
};

/** Rules 6 and 7: adding a tenant. Without a request, and without sending a token where it does not belong. */
export function describeAdding(open: OpenApi): void {
  describe('rule 6: adding tenants', () => {
    const stage = useStage(open);

    it('sends no request', async () => {
      const { server, tenantId } = await stage.serve(plainPowerBI(1));
      const tenant = (await stage.api.tenants()).find(({ id }) => id === tenantId);
      assert.deepEqual(tenant, { id: tenantId, provider: 'powerbi', name: server.connections[0]?.name });
      assert.equal(server.count(lines.anything), 0);
    });

    it('makes two of one connection', async () => {
      const server = await stage.start(plainUiPath(1));
      const [connection] = server.connections;
      assert.ok(connection);
      const ids = [await stage.add(connection), await stage.add(connection)];
      assert.equal(new Set(ids).size, 2);
      for (const id of ids) assert.equal((await stage.api.groups(id)).completeness.state, 'complete');
    });

    for (const [what, connection] of Object.entries(invalid)) {
      it(`refuses ${what}`, () => refuses(connection));
    }

    for (const [what, endpoint] of Object.entries(refused)) {
      it(`refuses ${what} as endpoint`, () => refuses({ ...valid, endpoint }));
    }

    it('never repeats a token', async () => {
      const accessToken = 'canary token';
      await assert.rejects(
        stage.api.addTenant({ ...valid, auth: { method: 'accessToken', accessToken } }),
        (error: Error) => !`${error.message}${error.stack}`.includes('canary'),
      );
    });

    async function refuses(connection: unknown): Promise<void> {
      const before = await stage.api.tenants();
      await rejectsWith('invalid', stage.add(connection as TenantConnection));
      assert.deepEqual(await stage.api.tenants(), before);
    }
  });
}
