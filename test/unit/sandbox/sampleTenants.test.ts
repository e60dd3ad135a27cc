import assert from 'node:assert/strict';
import { contoso } from '../../../src/sandbox/samples/contoso.ts';
import { fabrikam } from '../../../src/sandbox/samples/fabrikam.ts';
import { northwind } from '../../../src/sandbox/samples/northwind.ts';
import { sampleTenants } from '../../../src/sandbox/sampleTenants.ts';

const powerBI = [contoso(), fabrikam()];
const uiPath = northwind();
const workspaceMembers = powerBI.flatMap((tenant) => tenant.workspaces.slice().flatMap(tenant.members));
const groupMembers = uiPath.groups.slice().flatMap(uiPath.members);

describe('the sample tenants', () => {
  it('are the same each time', () => {
    assert.equal(JSON.stringify(sampleTenants()), JSON.stringify(sampleTenants()));
  });

  it('have the announced sizes', () => {
    const sizes = [...powerBI.map(({ workspaces }) => workspaces.length), uiPath.groups.length];
    assert.deepEqual(sizes, [25, 40, 12]);
  });

  it('use no id twice', () => {
    const groups = [...powerBI.flatMap(({ workspaces }) => workspaces.slice()), ...uiPath.groups.slice()];
    assert.equal(new Set(groups.map(({ id }) => id)).size, groups.length);
    for (const tenant of powerBI) {
      for (const workspace of tenant.workspaces.slice()) {
        const keys = tenant.members(workspace).map(({ identifier, profile }) => `${identifier} ${profile?.id}`);
        assert.equal(new Set(keys).size, keys.length, workspace.name);
      }
    }
  });

  it('show every access right and every kind of member', () => {
    const rights = new Set(workspaceMembers.map(({ groupUserAccessRight }) => groupUserAccessRight));
    assert.deepEqual([...rights].toSorted(), ['Admin', 'Contributor', 'Member', 'None', 'Viewer']);
    const types = new Set(workspaceMembers.map(({ principalType }) => principalType));
    assert.deepEqual([...types].toSorted(), ['App', 'Group', 'None', 'User']);
    const objectTypes = new Set(groupMembers.map(({ objectType }) => objectType));
    assert.equal(objectTypes.size, 4);
    assert.ok(workspaceMembers.some(({ profile }) => profile !== undefined));
  });

  it('mark guests by their sign-in name and their type', () => {
    const guests = workspaceMembers.filter(({ userType }) => userType === 'Guest');
    assert.ok(guests.length > 0);
    for (const { identifier, emailAddress } of guests) {
      assert.match(identifier, /^[^@]+#EXT#@\w+\.onmicrosoft\.com$/);
      assert.match(emailAddress ?? '', /^[^#]+@[\w.-]+$/);
    }
  });

  it('have people who work in all three, and an empty and an unreadable group of each service', () => {
    const emailsOf = (rows: readonly { emailAddress?: string; email?: string | null }[]) =>
      new Set(rows.map(({ email, emailAddress }) => (email ?? emailAddress ?? '').toLowerCase()));
    const perTenant = powerBI.map((tenant) => emailsOf(tenant.workspaces.slice().flatMap(tenant.members)));
    const tenants = [...perTenant, emailsOf(groupMembers)];
    for (const name of ['mira.kovacevic', 'samir.bensaid', 'naoko.kobayashi']) {
      assert.ok(
        tenants.every((emails) => emails.has(`${name}@adventure-works.com`)),
        name,
      );
    }
    const [contosoTenant] = powerBI;
    assert.ok(contosoTenant?.workspaces.slice().some(({ isMemberListDenied }) => isMemberListDenied));
    assert.ok(uiPath.groups.slice().some(({ isMemberListDenied }) => isMemberListDenied));
    assert.ok(uiPath.groups.slice().some((group) => group.type === 1 && uiPath.members(group).length === 0));
  });

  it('hold a deleted and some personal workspaces, which the account does not find among its own', () => {
    const tenant = fabrikam();
    const all = tenant.workspaces.slice();
    const hidden = all.filter(({ type, state }) => type === 'PersonalGroup' || state === 'Deleted');
    assert.equal(hidden.length, 7);
    assert.equal(tenant.myWorkspaces.length, all.length - hidden.length);
  });
});
