import assert from 'node:assert/strict';
import { createSandboxApp } from '../../../src/sandbox/app.ts';
import { northwind } from '../../../src/sandbox/samples/northwind.ts';
import type { UiPathTenant } from '../../../src/sandbox/uipath/tenant.ts';
import { clientOf } from './client.ts';

interface Page {
  totalCount: number;
  results: Record<string, unknown>[];
}

const tenant = northwind();
const partition = tenant.partitionGlobalId;
const groups = tenant.groups.slice();
const API = '/identity_/api';

function groupNamed(name: string) {
  return groups.find((group) => group.name === name) ?? assert.fail(name);
}

describe('UiPath in the sandbox', () => {
  const ask = clientOf(tenant);
  const page = async (path: string) => (await (await ask(path)).json()) as Page;

  it('answers with and without an organization, and below the older name', async () => {
    for (const base of [`/${tenant.organization}${API}`, API, '/identity/api']) {
      const reply = await ask(`${base}/Group/${partition.toUpperCase()}`);
      assert.equal(((await reply.json()) as unknown[]).length, groups.length, base);
    }
    assert.equal((await ask(`/other${API}/Group/${partition}`)).status, 404);
  });

  it('sends the kind of a group as a number', async () => {
    const rows = (await (await ask(`${API}/Group/${partition}`)).json()) as { type: unknown }[];
    assert.deepEqual(new Set(rows.map(({ type }) => type)), new Set([0, 1]));
  });

  const embeddings: [UiPathTenant['embeddedMembers'], unknown][] = [
    ['empty', []],
    ['null', null],
    ['missing', undefined],
  ];
  for (const [embeddedMembers, expected] of embeddings) {
    it(`can embed members as ${embeddedMembers}`, async () => {
      const askOther = clientOf({ ...tenant, embeddedMembers });
      const group = groupNamed('Administrators');
      const rows = (await (await askOther(`${API}/Group/${partition}`)).json()) as { members?: unknown }[];
      for (const { members } of rows) assert.deepEqual(members, expected);
      const one = (await (await askOther(`${API}/Group/${partition}/${group.id}`)).json()) as { members?: unknown };
      assert.deepEqual(one.members, expected);
      const references = (await (await askOther(`${API}/Group/${partition}/${group.id}/Members`)).json()) as Page;
      assert.equal(references.totalCount, 3);
    });
  }

  it('lists members as ids and numbers, ten unless told otherwise', async () => {
    const path = `${API}/Group/${partition}/${groupNamed('Automation Users').id}/Members`;
    const first = await page(`${path}?top=3&skip=0`);
    const rest = await page(`${path}?top=1000&skip=3`);
    const members = tenant.members(groupNamed('Automation Users'));
    assert.equal((await page(path)).results.length, 10);
    assert.equal(first.totalCount, members.length);
    assert.deepEqual(
      [...first.results, ...rest.results].map(({ id }) => id),
      members.map(({ identifier }) => identifier),
    );
  });

  it('numbers every kind of member', async () => {
    const kinds = async (name: string) =>
      (await page(`${API}/Group/${partition}/${groupNamed(name).id}/Members?top=1000`)).results.map(({ type }) => type);
    assert.deepEqual(await kinds('Administrators'), [0, 2, 3]);
    assert.deepEqual(await kinds('Invoice Processing'), [0, 0, 4, 4, 5]);
  });

  it('can be without the route for members', async () => {
    const askOther = clientOf({ ...tenant, hasMembersRoute: false });
    const reply = await askOther(`${API}/Group/${partition}/${groupNamed('Administrators').id}/Members`);
    assert.equal(reply.status, 404);
  });

  it('searches and sorts users', async () => {
    const path = `${API}/User/users/${partition}`;
    assert.equal((await page(path)).results.length, 10);
    const found = await page(`${path}?searchTerm=NORTHWINDTRADERS&top=1000&sortBy=Email&sortOrder=desc`);
    const emails = found.results.map(({ email }) => String(email));
    assert.equal(found.totalCount, 12);
    assert.deepEqual(emails, emails.toSorted().toReversed());
  });

  it('tells of each user the groups it is in, and null for none', async () => {
    const { results } = await page(`${API}/User/users/${partition}?top=1000`);
    const zoe = results.find(({ email }) => email === 'zoe.alvarez@contoso.com');
    assert.deepEqual(zoe?.groupIDs, [groupNamed('Automation Users').id]);
    assert.ok(results.some(({ groupIDs }) => groupIDs === null));
  });

  it('lists robot accounts', async () => {
    const { totalCount, results } = await page(`${API}/RobotAccount/${partition}?searchTerm=unattended-1`);
    assert.deepEqual([totalCount, results.length], [3, 3]);
  });

  it('names the partition that it does not know', async () => {
    const reply = await ask(`${API}/Group/elsewhere`);
    assert.equal(reply.status, 400);
    assert.deepEqual(await reply.json(), { errors: { partitionGlobalId: ["The value 'elsewhere' is not valid."] } });
  });

  const refusals: [what: string, path: string, status: number][] = [
    ['an unknown group', `Group/${partition}/${partition}`, 404],
    ['a group id that is no GUID', `Group/${partition}/x`, 400],
    ['a group that may not be opened', `Group/${partition}/${groupNamed('Payroll (restricted)').id}`, 403],
    ['its members', `Group/${partition}/${groupNamed('Payroll (restricted)').id}/Members`, 403],
    ['a page of more than 1000', `User/users/${partition}?top=1001`, 400],
    ['an unknown order', `User/users/${partition}?sortBy=email&sortOrder=up`, 400],
    ['an unknown field to sort by', `User/users/${partition}?sortBy=shoeSize`, 400],
  ];
  for (const [what, path, status] of refusals) {
    it(`refuses ${what}`, async () => assert.equal((await ask(`${API}/${path}`)).status, status));
  }

  it('embeds null for a group that may not be opened', async () => {
    const rows = (await (await ask(`${API}/Group/${partition}`)).json()) as { name: string; members: unknown }[];
    assert.equal(rows.find(({ name }) => name === 'Payroll (restricted)')?.members, null);
  });

  it('shows a group that is made with the id of one that was deleted', async () => {
    const app = createSandboxApp([tenant]);
    const send = async (method: string, path: string, body?: unknown) =>
      app.request(`/${tenant.path}${API}/Group${path}`, {
        method,
        headers: { authorization: `Bearer ${tenant.accessToken}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    const { id } = groupNamed('Invoice Processing');
    const made = { partitionGlobalId: partition, id: id.toUpperCase(), directoryUserMemberIDs: [] };
    for (const name of ['First', 'Second']) {
      assert.equal((await send('DELETE', `/${partition}/${id}`)).status, 204);
      assert.equal((await send('GET', `/${partition}/${id}`)).status, 404);
      assert.equal((await send('POST', '', { ...made, name })).status, 201);
      const rows = (await (await send('GET', `/${partition}`)).json()) as { id: string; name: string }[];
      const shown = rows.filter((one) => one.id.toLowerCase() === id.toLowerCase());
      assert.deepEqual(
        shown.map((one) => one.name),
        [name],
      );
      assert.equal(rows.length, groups.length);
      const one = (await (await send('GET', `/${partition}/${id}`)).json()) as { name: string; members: unknown };
      assert.deepEqual([one.name, one.members], [name, []]);
    }
  });

  it('answers a wrong or missing token with 401', async () => {
    for (const headers of [{}, { authorization: 'Bearer other' }]) {
      assert.equal((await ask(`${API}/Group/${partition}`, headers)).status, 401);
    }
  });
});
