import assert from 'node:assert/strict';
import { generateTenant } from '../../../src/sandbox/generatedTenant.ts';
import { clientOf, rowsOf } from './client.ts';

const large = { groups: 100_000, membersPerGroup: 20 } as const;

describe('a generated tenant', () => {
  it('is the same for the same options, another for another seed', async () => {
    const path = '/v1.0/myorg/admin/groups?$top=50&$skip=70000&$expand=users';
    const pageOf = async (seed: number) => {
      const tenant = generateTenant({ provider: 'powerbi', ...large, scope: 'admin', seed });
      return (await clientOf(tenant)(path)).text();
    };
    assert.equal(await pageOf(1), await pageOf(1));
    assert.notEqual(await pageOf(1), await pageOf(2));
  });

  it('computes no more than the page that is asked for', async () => {
    const tenant = generateTenant({ provider: 'powerbi', groups: 1_000_000_000, membersPerGroup: 20, scope: 'admin' });
    const [last, ...none] = await rowsOf(
      clientOf(tenant)('/v1.0/myorg/admin/groups?$top=5&$skip=999999999&$expand=users'),
    );
    assert.equal(last?.name, 'Workspace 1000000000');
    assert.deepEqual(none, []);
  });

  it('has as many groups and members as told, nobody twice in a group', async () => {
    const ask = clientOf(generateTenant({ provider: 'powerbi', groups: 120, membersPerGroup: 30, people: 45 }));
    const groups = await rowsOf(ask('/v1.0/myorg/groups?$top=5000'));
    assert.equal(new Set(groups.map(({ id }) => id)).size, 120);
    for (const { id } of groups) {
      const users = await rowsOf(ask(`/v1.0/myorg/groups/${id}/users`));
      assert.equal(new Set(users.map(({ identifier }) => identifier)).size, 30);
    }
  });

  it('finds a group by its id, and no group by the id of something else', async () => {
    const ask = clientOf(generateTenant({ provider: 'powerbi', ...large }));
    const [group] = await rowsOf(ask('/v1.0/myorg/groups?$top=1&$skip=99999'));
    assert.deepEqual(await (await ask(`/v1.0/myorg/groups/${group?.id}`)).json(), group);
    const [user] = await rowsOf(ask(`/v1.0/myorg/groups/${group?.id}/users?$top=1`));
    assert.equal((await ask(`/v1.0/myorg/groups/${user?.identifier}`)).status, 404);
    const ofAnother = generateTenant({ provider: 'powerbi', groups: 1, membersPerGroup: 1 });
    assert.equal((await clientOf(ofAnother)(`/v1.0/myorg/groups/${group?.id}`)).status, 404);
  });

  it('tells the same memberships by group, by user and by robot account', async () => {
    const tenant = generateTenant({ provider: 'uipath', groups: 40, membersPerGroup: 7, people: 30 });
    assert.ok(tenant.provider === 'uipath');
    const byGroup = tenant.groups
      .slice()
      .flatMap((group) => tenant.members(group).map(({ identifier }) => `${identifier} in ${group.id}`));
    const users = tenant.users.slice().map(({ id, groupIDs }) => ({ id, ids: groupIDs }));
    const robots = tenant.robotAccounts.slice().map(({ id, groupIds }) => ({ id, ids: groupIds }));
    const byMember = [...users, ...robots].flatMap(({ id, ids }) => (ids ?? []).map((group) => `${id} in ${group}`));
    assert.equal(byGroup.length, 280);
    assert.deepEqual(byGroup.toSorted(), byMember.toSorted());
  });

  it('can be empty', async () => {
    const none = clientOf(generateTenant({ provider: 'powerbi', groups: 0, membersPerGroup: 0 }));
    assert.deepEqual(await rowsOf(none('/v1.0/myorg/groups?$top=100')), []);
    const lonely = generateTenant({ provider: 'uipath', groups: 3, membersPerGroup: 0 });
    assert.ok(lonely.provider === 'uipath');
    assert.deepEqual(lonely.groups.slice().flatMap(lonely.members), []);
  });
});
