import assert from 'node:assert/strict';
import { isAppError } from '../../../src/core/errors.ts';
import { noGroupId } from '../../../src/core/noGroup.ts';
import {
  contoso,
  contosoGroups,
  contosoWith,
  firstPage,
  group,
  groupsOf,
  member,
  openReader,
  openWriter,
} from './fixture.ts';

describe('pinned groups', () => {
  const ids = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);

  it('come first, on whichever page, and are marked', () => {
    const { writer, path } = contosoWith('a', 'b', 'c', 'd');
    writer.setPinned('contoso', 'd', true);
    writer.setPinned('contoso', 'b', true);
    writer.setPinned('contoso', 'b', true);
    const reader = openReader(path);
    const groups = reader.groups('contoso', firstPage);
    assert.deepEqual(ids(groups), ['b', 'd', 'a', 'c']);
    assert.deepEqual(ids(groups.filter(({ isPinned }) => isPinned)), ['b', 'd']);
    const pages = [0, 1, 2, 3].map((offset) => ids(reader.groups('contoso', { offset, limit: 2 })));
    assert.deepEqual(pages, [['b', 'd'], ['d', 'a'], ['a', 'c'], ['c']]);
    assert.deepEqual(ids(reader.groups('contoso', { ...firstPage, filter: 'group d' })), ['d']);
    assert.deepEqual(reader.pinned('contoso'), ['b', 'd']);
    assert.deepEqual(
      [reader.group('contoso', 'b')?.isPinned, reader.group('contoso', 'a')?.isPinned],
      [true, undefined],
    );
    writer.setPinned('contoso', 'b', false);
    assert.deepEqual(ids(reader.groups('contoso', firstPage)), ['d', 'a', 'b', 'c']);
  });

  it('are told to other windows', () => {
    const { writer, path } = contosoWith('a');
    const other = openReader(path);
    assert.deepEqual(other.pinned('contoso'), []);
    writer.setPinned('contoso', 'a', true);
    assert.deepEqual(other.takeChanges(), [{ tenantId: 'contoso', isMark: true }]);
    assert.deepEqual(other.pinned('contoso'), ['a']);
    writer.setPinned('contoso', 'a', true);
    assert.deepEqual(other.takeChanges(), []);
  });

  it('stay over a load of the groups, which may rename them, and over a new start', () => {
    const { writer, load, path } = contosoWith('a', 'b');
    writer.setPinned('contoso', 'b', true);
    load(contosoGroups, { groups: [group('a'), group('b', { name: 'Renamed', members: [member('m')] })] });
    writer.close();
    openWriter(path);
    assert.deepEqual(
      openReader(path)
        .groups('contoso', firstPage)
        .map(({ name, isPinned }) => [name, isPinned]),
      [
        ['Renamed', true],
        ['Group a', undefined],
      ],
    );
  });

  it('are pinned no more when the service has them no more, and only then', () => {
    const { writer, load, page, path } = contosoWith('a', 'b');
    writer.setPinned('contoso', 'b', true);
    const failing = writer.begin(contosoGroups);
    page(failing, { groups: [group('a')] });
    writer.end(failing, { error: { kind: 'offline', message: 'No network.' } });
    const reader = openReader(path);
    assert.deepEqual(reader.pinned('contoso'), ['b']);
    load(contosoGroups, { groups: [group('a')] });
    assert.deepEqual(reader.pinned('contoso'), []);
    load(contosoGroups, { groups: [group('a'), group('b')] });
    assert.deepEqual(ids(reader.groups('contoso', firstPage)), ['a', 'b']);
  });

  it('are of one tenant each, and go with it', () => {
    const { writer, load, path } = contosoWith('a', 'b');
    writer.addTenant({ ...contoso, id: 'fabrikam' });
    load(groupsOf('fabrikam'), { groups: [group('a'), group('b')] });
    writer.setPinned('fabrikam', 'b', true);
    const reader = openReader(path);
    assert.deepEqual(ids(reader.groups('contoso', firstPage)), ['a', 'b']);
    assert.deepEqual(ids(reader.groups('fabrikam', firstPage)), ['b', 'a']);
    writer.removeTenant('fabrikam');
    assert.deepEqual(reader.pinned('fabrikam'), []);
  });

  it('are groups that there are', () => {
    const { writer } = contosoWith('a');
    assert.throws(
      () => writer.setPinned('contoso', 'x', true),
      (error) => isAppError(error, 'notFound'),
    );
    assert.throws(
      () => writer.setPinned('contoso', noGroupId, true),
      (error) => isAppError(error, 'invalid'),
    );
  });
});
