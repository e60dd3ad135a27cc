import assert from 'node:assert/strict';
import { contosoGroups, contosoWith, firstPage, group, member, membersOf, openReader, openWriter } from './fixture.ts';

describe('loads of one listing in two windows', () => {
  const members = membersOf('contoso', 'g');
  const held = (path: string): string[] =>
    openReader(path)
      .membersAsSent('contoso', 'g', firstPage)
      .map(({ id, accessRight }) => `${id} ${accessRight}`);
  const row = (id: string, accessRight: string) => member(id, { accessRight });

  it('never mix: what the later one brought counts, and only it may be complete', () => {
    const here = contosoWith('g');
    const there = openWriter(here.path);
    const earlier = here.writer.begin(members);
    here.page(earlier, { members: [row('a', 'earlier'), row('x', 'earlier')] });
    const later = there.writer.begin(members);
    there.page(later, { members: [row('a', 'later')] });
    assert.equal(here.page(earlier, { members: [row('a', 'again'), row('b', 'earlier')] }).received, 4);
    assert.equal(here.writer.end(earlier, {}).state, 'partial');
    assert.deepEqual(held(here.path), ['a later', 'x earlier']);
    there.page(later, { members: [row('c', 'later')] });
    assert.equal(there.writer.end(later, {}).state, 'complete');
    assert.deepEqual(held(here.path), ['a later', 'c later']);
  });

  it('leave the earlier one complete where the later one brought nothing', () => {
    const here = contosoWith('g');
    const there = openWriter(here.path);
    const earlier = here.writer.begin(members);
    here.page(earlier, { members: [row('a', 'earlier')] });
    const later = there.writer.begin(members);
    there.writer.end(later, { error: { kind: 'forbidden', message: 'No.' } });
    here.page(earlier, { members: [row('b', 'earlier')] });
    assert.equal(here.writer.end(earlier, {}).state, 'complete');
    assert.deepEqual(held(here.path), ['a earlier', 'b earlier']);
  });

  it('are told apart from members that came along with their group, some of which could not be read', () => {
    const here = contosoWith('g');
    const there = openWriter(here.path);
    here.load(members, { members: [row('old', 'first')] });
    const earlier = here.writer.begin(members);
    here.page(earlier, { members: [row('a', 'earlier')] });
    there.load(contosoGroups, { groups: [group('g', { members: [row('b', 'later')], malformedMembers: 1 })] });
    here.page(earlier, { members: [row('c', 'earlier')] });
    assert.equal(here.writer.end(earlier, {}).state, 'partial');
    assert.deepEqual(held(here.path).sort(), ['a earlier', 'b later', 'old first']);
  });

  it('leave no principal of the one that does not count', () => {
    const here = contosoWith('g');
    const there = openWriter(here.path);
    here.load(members, { members: [member('a')] });
    const earlier = here.writer.begin(members);
    here.page(earlier, { members: [member('a', { name: 'Renamed' })] });
    there.load(members, { members: [member('a', { name: 'Again' })] });
    here.writer.end(earlier, {});
    assert.deepEqual(
      here.sql.all<{ name: string }>('SELECT name FROM principal').map(({ name }) => name),
      ['Again'],
    );
  });
});
