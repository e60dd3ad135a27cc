import assert from 'node:assert/strict';
import type { TenantConnection } from '../../src/api.ts';
import type { FaultServer } from '../support/faultServer.ts';
import { json } from '../support/faults.ts';
import { lines } from './lines.ts';
import { powerBIList } from './replies.ts';
import { type OpenApi, useStage } from './stage.ts';
import { plainEntra, plainPowerBI, plainUiPath } from './tenants.ts';

const anyPath = /^GET \//;
const list = json(() => [{ id: 'g/1 ?#%', name: 'G', type: 1, members: null }]);
const nothing = json(() => powerBIList([]));

/** Rule 7: where requests go. */
export function describeEndpoints(open: OpenApi): void {
  describe('rule 7: endpoints', () => {
    const stage = useStage(open);

    /** The path of the first request for a tenant's groups. */
    async function pathFor(server: FaultServer, change: Partial<TenantConnection>): Promise<string> {
      const [connection] = server.connections;
      assert.ok(connection);
      const tenantId = await stage.add({ ...connection, ...change });
      const asked = server.requests.length;
      await stage.api.groups(tenantId);
      return server.requests[asked]?.line.replace('GET ', '') ?? '';
    }

    it("keeps the endpoint's path as a prefix for Power BI", async () => {
      const server = await stage.start(plainPowerBI(1), [{ match: anyPath, fault: nothing }]);
      const page = '?$top=5000&$skip=0';
      for (const [prefix, expected] of [
        ['', ''],
        ['/', ''],
        ['/gateway', '/gateway'],
        ['/a/b//', '/a/b'],
      ] as const) {
        const endpoint = server.origin + prefix;
        assert.equal(await pathFor(server, { endpoint, scope: 'member' }), `${expected}/v1.0/myorg/groups${page}`);
        const admin = `${expected}/v1.0/myorg/admin/groups${page}&$expand=users`;
        assert.equal(await pathFor(server, { endpoint, scope: 'admin' }), admin);
      }
    });

    it('keeps it for Microsoft Graph', async () => {
      const server = await stage.start(plainEntra(1), [{ match: anyPath, fault: nothing }]);
      for (const prefix of ['', '/gateway']) {
        assert.equal(await pathFor(server, { endpoint: server.origin + prefix }), `${prefix}/v1.0/groups?$top=999`);
      }
    });

    it('puts the organization before the Identity service of UiPath, where there is one', async () => {
      const server = await stage.start(plainUiPath(1), [{ match: anyPath, fault: list }]);
      const cases: [prefix: string, organization: string | undefined, expected: string][] = [
        ['', 'acme', '/acme/identity_'],
        ['', undefined, '/identity_'],
        ['/proxy', 'acme', '/proxy/acme/identity_'],
        ['/identity', undefined, '/identity'],
        ['/identity_', undefined, '/identity_'],
        ['/identity_/', 'acme', '/acme/identity_'],
        ['/acme/identity_', 'acme', '/acme/identity_'],
        ['', 'a c/me', '/a%20c%2Fme/identity_'],
      ];
      for (const [prefix, organization, expected] of cases) {
        const path = await pathFor(server, {
          endpoint: server.origin + prefix,
          organization: organization as string,
          partitionGlobalId: 'p/1 ?#',
        });
        assert.equal(path, `${expected}/api/Group/p%2F1%20%3F%23`, `${prefix} ${organization}`);
      }
    });

    it('percent-encodes ids of groups, so that none climbs or lengthens a path', async () => {
      const uipath = await stage.serve(plainUiPath(1), [{ match: lines.identityGroups, fault: list }]);
      await stage.api.groups(uipath.tenantId);
      await stage.api.members(uipath.tenantId, 'g/1 ?#%');
      assert.equal(uipath.server.count(/\/api\/Group\/[^/]+\/g%2F1%20%3F%23%25$/), 1);

      const ids = ['../../x', '..', 'a/b', 'ü'];
      const rows = json(() => powerBIList(ids.map((id) => ({ id, name: id }))));
      const powerbi = await stage.serve(plainPowerBI(1), [{ match: lines.groups, fault: rows }]);
      await stage.api.groups(powerbi.tenantId);
      for (const id of ids) await stage.api.members(powerbi.tenantId, id);
      const asked = powerbi.server.requests.slice(1).map(({ line }) => /\/v1\.0\/myorg(.*)\?/.exec(line)?.[1]);
      assert.deepEqual(asked, [
        '/groups/..%2F..%2Fx/users',
        '/groups/%252E%252E/users',
        '/groups/a%2Fb/users',
        '/groups/%C3%BC/users',
      ]);
    });

    it('sends the token in a header alone', async () => {
      const { server, tenantId } = await stage.serve(plainPowerBI(1));
      await stage.api.loadAll(tenantId);
      const token = server.connections[0]?.auth.accessToken ?? '';
      for (const { line, headers } of server.requests) {
        assert.equal(headers.authorization, `Bearer ${token}`);
        assert.ok(!line.includes(token));
      }
      assert.ok(server.requests.length > 1);
    });
  });
}
