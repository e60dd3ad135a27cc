import assert from 'node:assert/strict';
import { type FindingRef, findingIds } from '../../../../../src/core/findings/findings.ts';
import { group, groupsOf, membersOf } from '../../fixture.ts';
import { createWorld, found, guest, look, viewer } from './fixture.ts';

const note = { reason: 'By contract until June.', by: 'ada' };

async function ignored(world: ReturnType<typeof createWorld>) {
  return (await look(world.reader)).ignored.map(
    ({ finding, groupName, memberName, accessRight, reason, by, isFound }) =>
      [finding, groupName, memberName, accessRight, reason, by, isFound].join('|'),
  );
}

describe('ignored findings', () => {
  const guests = (right: string) => ({ g: [guest('eve', right), guest('bob', 'Member')] });
  async function eve(world: ReturnType<typeof createWorld>): Promise<FindingRef> {
    const { details } = await look(world.reader);
    const one = details.find(({ finding, memberId }) => finding === 'guestCanEdit' && memberId === 'eve');
    assert.ok(one);
    return one;
  }

  it('are left out, and told with reason, time and by whom', async () => {
    const world = createWorld();
    world.tenant('t', guests('Contributor'));
    world.writer.ignoreFindings([await eve(world)], note);
    assert.deepEqual(await found(world.reader, 'guestCanEdit'), ['g bob Member']);
    const [told] = (await look(world.reader)).ignored;
    assert.deepEqual(
      { ...told, at: told?.at.slice(0, 10) },
      {
        finding: 'guestCanEdit',
        tenantId: 't',
        groupId: 'g',
        memberId: 'eve',
        accessRight: 'Contributor',
        ...note,
        at: '2030-01-01',
        tenantName: 'T-t',
        provider: 'test',
        groupName: 'Group g',
        memberName: 'Name of eve',
        target: { tenantId: 't', groupId: 'g', memberId: 'eve' },
        isFound: true,
      },
    );
  });

  it('come back when they are put back', async () => {
    const world = createWorld();
    world.tenant('t', guests('Contributor'));
    const one = await eve(world);
    world.writer.ignoreFindings([one], note);
    world.writer.ignoreFindings([one], undefined);
    assert.deepEqual(await found(world.reader, 'guestCanEdit'), ['g bob Member', 'g eve Contributor']);
    assert.deepEqual(await ignored(world), []);
  });

  it('outlive whatever is loaded anew, a group that went and came back included', async () => {
    const world = createWorld();
    world.tenant('t', guests('Contributor'));
    world.writer.ignoreFindings([await eve(world)], note);
    world.tenant('t', { other: [viewer('v')] });
    assert.deepEqual(await ignored(world), ['guestCanEdit|g|eve|Contributor|By contract until June.|ada|false']);
    world.tenant('t', guests('Contributor'));
    assert.deepEqual(await found(world.reader, 'guestCanEdit'), ['g bob Member']);
    // Another name makes another row of the same person.
    const renamed = { ...guest('eve', 'Contributor'), name: 'Eve Married' };
    world.load(groupsOf('t'), { groups: [group('g', { members: [renamed] })] });
    assert.deepEqual(await found(world.reader, 'guestCanEdit'), []);
  });

  it('are not called gone where nobody looked, or could', async () => {
    const world = createWorld();
    world.tenant('t', guests('Contributor'));
    world.writer.ignoreFindings([await eve(world)], note);
    const isFound = async (ids = findingIds) => (await look(world.reader, { ids })).ignored.map((one) => one.isFound);
    assert.deepEqual(await isFound(), [true]);
    assert.deepEqual(await isFound(['noAdmin']), [undefined]);
    assert.deepEqual(
      (await look(world.reader, { access: {} })).ignored.map((one) => one.isFound),
      [undefined],
    );
    // She is gone from the rows that came, but not all of them did.
    world.load(membersOf('t', 'g'), { members: [guest('bob', 'Member')] });
    assert.deepEqual(await isFound(), [false]);
    world.load(membersOf('t', 'g'), { members: [guest('bob', 'Member')], malformed: 1 });
    assert.deepEqual(await isFound(), [undefined]);
  });

  it('hold for the right that they were ignored with', async () => {
    const world = createWorld();
    world.tenant('t', guests('Contributor'));
    world.writer.ignoreFindings([await eve(world)], note);
    world.tenant('t', guests('Admin'));
    assert.deepEqual(await found(world.reader, 'guestCanEdit'), ['g bob Member', 'g eve Admin']);
  });

  it('of groups and of principals hold wherever the row stands', async () => {
    const world = createWorld();
    const gone = viewer('1-2', { name: '1-2' });
    world.tenant('t', { g: [gone], h: [gone] });
    const { details } = await look(world.reader);
    const wanted = details.filter(({ finding, groupId }) => finding === 'nameless' || groupId === 'g');
    assert.deepEqual(wanted.map(({ finding, groupId, memberId }) => [finding, groupId, memberId].join()).sort(), [
      'nameless,,1-2',
      'noAdmin,g,',
    ]);
    world.writer.ignoreFindings(wanted, note);
    world.tenant('t', { g: [viewer('v')], h: [gone] });
    assert.deepEqual(await found(world.reader, 'nameless'), []);
    assert.deepEqual(await found(world.reader, 'noAdmin'), ['h']);
  });

  it('are told to other windows', async () => {
    const world = createWorld();
    world.tenant('t', guests('Contributor'));
    const one = await eve(world);
    world.reader.takeChanges();
    world.writer.ignoreFindings([one], note);
    assert.deepEqual(world.reader.takeChanges(), [{ tenantId: 't', isMark: true }]);
  });

  it('go with the tenant, and with what was loaded of it', async () => {
    const world = createWorld();
    world.tenant('t', guests('Contributor'));
    const one = await eve(world);
    world.writer.ignoreFindings([one], note);
    world.writer.removeRows('t');
    assert.deepEqual(await ignored(world), []);
    world.writer.ignoreFindings([one], note);
    world.writer.removeTenant('t');
    assert.equal(world.sql.get<{ count: number }>('SELECT count(*) AS count FROM ignored_finding')?.count, 0);
    world.writer.ignoreFindings([one], note);
  });
});
