import assert from 'node:assert/strict';
import { guidOf } from '../../../src/sandbox/guid.ts';
import { powerBITenant, type WorkspaceDescription, type WorkspaceMember } from '../../../src/sandbox/powerbi/tenant.ts';
import { clientOf, rowsOf } from './client.ts';

const people: WorkspaceMember[] = ['ann', 'bob', 'cem'].map((name) => ({
  groupUserAccessRight: 'Viewer',
  identifier: `${name}@contoso.com`,
  emailAddress: `${name}@contoso.com`,
  displayName: name,
  graphId: guidOf(name),
  principalType: 'User',
}));

function workspace(name: string, details: Partial<WorkspaceDescription> = {}): WorkspaceDescription {
  return { id: guidOf(name), name, type: 'Workspace', state: 'Active', members: people, ...details };
}

const workspaces = [
  workspace('Sales'),
  workspace('Finance'),
  workspace("Bob's reports"),
  workspace('Secret', { isMemberListDenied: true }),
  workspace('Gone', { state: 'Deleted' }),
  workspace('Mine', { type: 'PersonalGroup' }),
];
const member = powerBITenant({ name: 'Contoso', workspaces });
const admin = powerBITenant({ name: 'Contoso', scope: 'admin', workspaces });
const GROUPS = '/v1.0/myorg/groups';
const ADMIN_GROUPS = '/v1.0/myorg/admin/groups';

describe('Power BI in the sandbox', () => {
  const ask = clientOf(member);
  const askAsAdmin = clientOf(admin);
  const names = async (path: string) => (await rowsOf(askAsAdmin(path))).map(({ name }) => name);

  it('lists the workspaces that the account can open, page by page', async () => {
    const all = await rowsOf(ask(`${GROUPS}?$top=100&$skip=0`));
    assert.deepEqual(
      all.map(({ name }) => name),
      ['Sales', 'Finance', "Bob's reports", 'Secret'],
    );
    const pages = await Promise.all([0, 3, 6].map((skip) => rowsOf(ask(`${GROUPS}?$top=3&$skip=${skip}`))));
    assert.deepEqual(
      pages.map(({ length }) => length),
      [3, 1, 0],
    );
    assert.deepEqual(pages.flat(), all);
  });

  it('counts the rows of the page, not of the list', async () => {
    const reply = (await (await ask(`${GROUPS}?$top=2`)).json()) as Record<string, unknown>;
    assert.equal(reply['@odata.count'], 2);
    assert.match(String(reply['@odata.context']), /#groups$/);
  });

  it('takes parameter names in percent encoding', async () => {
    assert.equal((await rowsOf(ask(`${GROUPS}?%24top=1`))).length, 1);
  });

  it('shows everything in the tenant to an administrator', async () => {
    assert.equal((await rowsOf(askAsAdmin(`${ADMIN_GROUPS}?$top=5000`))).length, workspaces.length);
    const [first] = await rowsOf(askAsAdmin(`${ADMIN_GROUPS}?$top=1&$expand=users`));
    assert.deepEqual(first?.users, people);
  });

  it('keeps members out of a listing that did not ask for them, and those that may not be read out of all', async () => {
    const [plain] = await rowsOf(askAsAdmin(`${ADMIN_GROUPS}?$top=1`));
    assert.equal('users' in (plain ?? {}), false);
    const expanded = await rowsOf(askAsAdmin(`${ADMIN_GROUPS}?$top=10&$expand=users`));
    assert.equal('users' in (expanded.find(({ name }) => name === 'Secret') ?? {}), false);
  });

  it('pages members, and sends the directory id to administrators only', async () => {
    const path = `/${guidOf('Sales')}/users`;
    const [second] = await rowsOf(ask(`${GROUPS}${path}?$top=1&$skip=1`));
    assert.equal(second?.identifier, 'bob@contoso.com');
    assert.equal('graphId' in (second ?? {}), false);
    assert.deepEqual(await rowsOf(askAsAdmin(`${ADMIN_GROUPS}${path}`)), people);
  });

  it('filters', async () => {
    assert.deepEqual(await names(`${GROUPS}?$filter=contains(name,'nan') or name eq 'Sales'`), ['Sales', 'Finance']);
    assert.deepEqual(await names(`${ADMIN_GROUPS}?$top=9&$filter=state eq 'Deleted'`), ['Gone']);
    assert.deepEqual(await names(`${ADMIN_GROUPS}?$top=9&$filter=type eq 'PersonalGroup'`), ['Mine']);
    assert.deepEqual(await names(`${ADMIN_GROUPS}?$top=1&$skip=1&$filter=contains(name,'e')`), ['Finance']);
  });

  const refusals: [what: string, path: string, status: number, code: string][] = [
    ['an unknown filter', `${GROUPS}?$filter=users/any()`, 400, 'InvalidRequest'],
    ['a filter over an unknown field', `${GROUPS}?$filter=owner eq 'x'`, 400, 'InvalidRequest'],
    ['a page size that is no number', `${GROUPS}?$top=many`, 400, 'InvalidRequest'],
    ['an admin listing without $top', ADMIN_GROUPS, 400, 'InvalidRequest'],
    ['an admin listing with $top=0', `${ADMIN_GROUPS}?$top=0`, 400, 'InvalidRequest'],
    ['an admin listing with $top=5001', `${ADMIN_GROUPS}?$top=5001`, 400, 'InvalidRequest'],
    ['an unknown expansion', `${ADMIN_GROUPS}?$top=1&$expand=secrets`, 400, 'InvalidRequest'],
    ['an unknown workspace', `${GROUPS}/${guidOf('nowhere')}`, 404, 'PowerBIEntityNotFound'],
    ['the members of an unknown workspace', `${GROUPS}/x/users`, 404, 'PowerBIEntityNotFound'],
  ];
  for (const [what, path, status, code] of refusals) {
    it(`refuses ${what}`, async () => {
      const reply = await askAsAdmin(path);
      const body = (await reply.json()) as { error: { code: string } };
      assert.deepEqual([reply.status, body.error.code], [status, code]);
    });
  }

  it('refuses a member on the admin routes with 401', async () => {
    const reply = await ask(`${ADMIN_GROUPS}?$top=1`);
    const code = 'PowerBINotAuthorizedException';
    const details = { code, parameters: {}, details: [], exceptionCulprit: 1 };
    assert.equal(reply.status, 401);
    assert.deepEqual(await reply.json(), { error: { code, 'pbi.error': details } });
  });

  it('refuses a member list that may not be read with 401, saying so in a header', async () => {
    const reply = await ask(`${GROUPS}/${guidOf('Secret')}/users`);
    assert.deepEqual([reply.status, reply.headers.get('x-powerbi-error-info')], [401, 'GroupNotAccessible']);
  });

  it('answers a wrong or missing token with an empty 403', async () => {
    const wrong = await ask(GROUPS, { authorization: 'Bearer other' });
    assert.deepEqual([wrong.status, wrong.headers.get('x-powerbi-error-info')], [403, 'InvalidToken']);
    assert.equal(await wrong.text(), '');
    const missing = await ask(GROUPS, {});
    assert.deepEqual([missing.status, missing.headers.get('x-powerbi-error-info')], [403, null]);
  });

  it('numbers every reply', async () => {
    for (const path of [GROUPS, `${GROUPS}/x`]) assert.ok((await ask(path)).headers.get('RequestId'));
  });
});
