import assert from 'node:assert/strict';
import type { DirectoryGroup, EntraTenant } from '../../../src/sandbox/entra/tenant.ts';
import { generateTenant } from '../../../src/sandbox/generatedTenant.ts';
import { sampleTenants } from '../../../src/sandbox/sampleTenants.ts';
import type { SandboxTenant } from '../../../src/sandbox/tenant.ts';
import { mismatches, type Parameter, readSpec, replySchema } from '../../support/specShape.ts';
import { clientOf, rowsOf } from './client.ts';

/** What the services send although their specifications do not say so. */
const KNOWN_EXTRAS = new Set([
  '$.@odata.context: undocumented', // the specification calls it odata.context
  '$.@odata.count: undocumented',
  '$.value[].type: undocumented', // of a workspace, on the routes outside of admin
  '$.type: undocumented',
  // Of directory objects the specification names what all types have.
  ...['appId', 'servicePrincipalType'].map((name) => `$.value[].${name}: undocumented`),
]);
const QUERY_VALUES: Readonly<Record<string, string>> = {
  $top: '5',
  $skip: '1',
  $filter: "contains(name,'o')",
  $expand: 'users',
  top: '5',
  skip: '1',
  searchTerm: 'a',
  sortBy: 'displayName',
  sortOrder: 'desc',
  $select: 'id,displayName,mail',
  continuationToken: "'LDAsMA=='",
  artifactTypes: 'Report,Dashboard',
  $skiptoken: 'RFNwdAoAAQc2tpcCAx',
};
const size = { groups: 60, membersPerGroup: 6 };
const tenants: readonly SandboxTenant[] = [
  ...sampleTenants(),
  generateTenant({ provider: 'powerbi', ...size, scope: 'admin', isMixed: true }),
  generateTenant({ provider: 'uipath', ...size }),
  generateTenant({ provider: 'entra', ...size }),
];

/** The examples of the specification, and what is in use beside them. */
const FILTERS = [
  "contains(name,'marketing') or name eq 'contoso'",
  "(not users/any()) or (not users/any(u: u/groupUserAccessRight eq Microsoft.PowerBI.ServiceContracts.Api.GroupUserAccessRight'Admin'))",
  "state eq 'Deleted'",
  "type ne 'PersonalGroup'",
  "tolower(id) eq 'x'",
  "users/any(u: tolower(u/emailAddress) eq 'person1@generated.example')",
];

describe('the sandbox and the specifications', () => {
  it('agree on the filters of the admin listing', async () => {
    const tenant = generateTenant({ provider: 'powerbi', ...size, scope: 'admin', isMixed: true });
    const counts = await Promise.all(
      FILTERS.map(async (filter) => {
        const query = new URLSearchParams({ $top: '5000', $filter: filter });
        return (await rowsOf(clientOf(tenant)(`/v1.0/myorg/admin/groups?${query}`))).length;
      }),
    );
    // Of 60: every tenth without an administrator, and every tenth deleted and so without users.
    assert.deepEqual(counts, [0, 12, 6, 54, 0, 3]);
  });

  for (const tenant of tenants) {
    const spec = readSpec(tenant.provider);
    const isAdmin = tenant.provider === 'powerbi' && tenant.scope === 'admin';
    const paths = Object.entries(spec.paths).filter(([path]) => isAdmin || !path.includes('/admin/'));
    for (const [path, { get }] of paths) {
      it(`${tenant.name} answers GET ${path} in the documented shape`, async () => {
        const ask = clientOf(tenant);
        for (const address of addressesOf(tenant, path)) {
          for (const query of queriesOf(get.parameters)) {
            const reply = await ask(`${address}${query}`);
            assert.equal(reply.status, 200, `${address}${query}`);
            const found = mismatches(spec, replySchema(spec, path), await reply.json());
            assert.deepEqual(
              found.filter((line) => !KNOWN_EXTRAS.has(line)),
              [],
              `${address}${query}`,
            );
          }
        }
      });
    }
  }

  it('refuse an admin listing without the required $top', async () => {
    const admin = tenants.filter((tenant) => tenant.provider === 'powerbi' && tenant.scope === 'admin');
    const replies = admin.map((tenant) => clientOf(tenant)('/v1.0/myorg/admin/groups'));
    assert.deepEqual(
      (await Promise.all(replies)).map(({ status }) => status),
      [400, 400],
    );
  });
});

/** The required parameters alone, all parameters at once, and each optional one. */
function queriesOf(parameters: readonly Parameter[]): string[] {
  const inQuery = parameters.filter((parameter) => parameter.in === 'query');
  const required = inQuery.filter((parameter) => parameter.required);
  const sets = [required, inQuery, ...inQuery.map((parameter) => [...required, parameter])];
  return sets.map((set) => {
    const pairs = set.map(({ name }) => [name, QUERY_VALUES[name] ?? assert.fail(`no value for ${name}`)]);
    return pairs.length === 0 ? '' : `?${new URLSearchParams(Object.fromEntries(pairs) as Record<string, string>)}`;
  });
}

/** The path with its parameters filled in, for every group that may be read. */
function addressesOf(tenant: SandboxTenant, path: string): string[] {
  if (tenant.provider === 'entra') {
    const groups = tenant.groups.slice();
    const ids = path.startsWith('/users/') ? groups.flatMap(usersIn(tenant)) : groups.map(({ id }) => id);
    return (path.includes('{id}') ? ids : ['']).map((id) => `/v1.0${path.replace('{id}', id)}`);
  }
  const groups = tenant.provider === 'powerbi' ? tenant.workspaces : tenant.groups;
  const readable = groups.slice(0, groups.length).filter(({ isMemberListDenied }) => !isMemberListDenied);
  if (tenant.provider === 'powerbi' && path.includes('{userId}')) {
    const members = tenant.workspaces.slice(0, 5).flatMap((workspace) => tenant.members(workspace));
    const users = members.filter(({ principalType }) => principalType === 'User');
    const names = users.flatMap(({ identifier, graphId = '' }) => [identifier, graphId]);
    return names.slice(0, 6).map((name) => path.replace('{userId}', encodeURIComponent(name)));
  }
  const ids = path.includes('{groupId}') ? readable.map(({ id }) => id) : [''];
  if (tenant.provider === 'powerbi') return ids.map((id) => path.replace('{groupId}', id));
  const base = `/${tenant.organization}/identity_`;
  return ids.map(
    (id) => `${base}${path.replace('{partitionGlobalId}', tenant.partitionGlobalId).replace('{groupId}', id)}`,
  );
}

function usersIn(tenant: EntraTenant): (group: DirectoryGroup) => string[] {
  return (group) => {
    const users = tenant.members(group).filter((member) => member['@odata.type'] === '#microsoft.graph.user');
    return users.map(({ id }) => id).slice(0, 1);
  };
}
