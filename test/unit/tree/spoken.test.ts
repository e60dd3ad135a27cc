import assert from 'node:assert/strict';
import type { Member } from '../../../src/core/model.ts';
import type { Row } from '../../../src/tree/row.ts';
import { asOf, group, member, tenantRecord } from '../../support/fakeReader.ts';
import { createFakeTree } from '../../support/fakeTree.ts';

/** What a screen reader says of each kind of row: all that the icon and the place show the others. */
describe('a screen reader', () => {
  const spoken = (rows: readonly Row[] = []) => rows.map((row) => row.look().spoken);

  function tree() {
    const fake = createFakeTree({ pageSize: 2 });
    fake.reader.setTenants([tenantRecord('t', { name: 'Contoso', isSample: true })]);
    const tenant = fake.model.roots()[0] as Row;
    return { ...fake, tenant, below: async (row: Row) => (await row.children?.()) ?? [] };
  }

  /** What is below a group. */
  async function inGroup(members: readonly Member[]) {
    const made = tree();
    made.reader.setGroups('t', [group('t', 'g')]);
    made.reader.setMembers('t', 'g', members);
    const [only] = await made.below(made.tenant);
    return { ...made, rows: await made.below(only as Row) };
  }

  it('says of a tenant its service and state', () => {
    const { reader, model } = tree();
    reader.setGroups('t', [group('t', 'g')]);
    assert.match(spoken(model.roots())[0] ?? '', /^Contoso, .+, 1 group · 5 min ago · Sample$/);
  });

  it('says of a group what kind it is, and whether it is pinned', async () => {
    const kinds: Readonly<Record<string, string>> = {
      workspace: 'workspace',
      personalWorkspace: 'personal workspace',
      builtIn: 'built-in group',
      custom: 'group',
      security: 'security group',
      microsoft365: 'Microsoft 365 group',
      unknown: 'group of unknown kind',
    };
    for (const [kind, word] of Object.entries(kinds)) {
      const { reader, tenant, below } = tree();
      reader.setGroups('t', [group('t', 'Sales', { kind })]);
      reader.setMembers('t', 'Sales', [member('ana')]);
      assert.deepEqual(spoken(await below(tenant)), [`Sales, ${word}, 1 member`]);
      reader.pins.add('Sales');
      assert.deepEqual(spoken(await below(tenant)), [`Sales, ${word}, pinned, 1 member`]);
    }
  });

  it('says of a member what it is, and its access right', async () => {
    const types = {
      user: 'user',
      group: 'group',
      app: 'app',
      robot: 'robot',
      everyone: 'everyone in the organization',
      unknown: 'principal of unknown kind',
      Drone: 'Drone',
    };
    for (const [principalType, word] of Object.entries(types)) {
      const { rows } = await inGroup([member('ana', { name: 'Ana', principalType, accessRight: 'Admin' })]);
      assert.deepEqual(spoken(rows), [`Ana, ${word}, Admin`]);
    }
    const guest = member('bo#EXT#@contoso.example', { name: 'Bo', email: 'bo@other.example' });
    const { rows } = await inGroup([guest]);
    assert.deepEqual(spoken(rows), ['Bo, user, Guest · bo@other.example']);
  });

  it('says what there is no member for, and that there are more', async () => {
    assert.deepEqual(spoken((await inGroup([])).rows), ['No members']);
    const { rows } = await inGroup([member('a'), member('b'), member('c')]);
    assert.match(spoken(rows).at(-1) ?? '', /^Load more, 2 of 3/);
  });

  it('says why a list is missing or incomplete, what to do, and what the service said', async () => {
    const { reader, tenant, below } = tree();
    reader.setGroups('t', []);
    const denied = { state: 'denied', kind: 'forbidden', reason: 'The service answered 403.' } as const;
    reader.setCompleteness({ list: 'groups', tenantId: 't' }, denied);
    const [note] = spoken(await below(tenant));
    assert.equal(note, 'what forbidden. advice forbidden The service answered 403.');
    reader.setCompleteness({ list: 'groups', tenantId: 't' }, { ...denied, state: 'partial', count: 1, asOf });
    assert.match(spoken(await below(tenant)).join('\n'), /^Incomplete\. what forbidden\./m);
  });

  it('says that rows are filtered', async () => {
    const { reader, model, tenant, below } = tree();
    reader.setGroups('t', [group('t', 'Sales'), group('t', 'Finance')]);
    model.setFilter('t', 'sal');
    assert.match(spoken(await below(tenant))[0] ?? '', /^Filter: “sal”, 1 of 2 groups/);
  });
});
