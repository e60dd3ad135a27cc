import assert from 'node:assert/strict';
import { contoso, contosoGroups, group, member, openWriter, storePath } from './fixture.ts';

describe('a snapshot that passes', () => {
  it('made for one comparison goes with whom it alone showed', () => {
    const { writer, load, sql } = openWriter(storePath());
    writer.addTenant(contoso);
    const ids = () => sql.all<{ id: string }>('SELECT id FROM principal ORDER BY id').map(({ id }) => id);
    load(contosoGroups, { groups: [group('a', { members: [member('early'), member('stays')] })] });
    writer.takeSnapshot('contoso', {});
    load(contosoGroups, { groups: [group('a', { members: [member('stays'), member('passing')] })] });
    const passing = writer.takeSnapshot('contoso', { isPassing: true });
    load(contosoGroups, { groups: [group('a', { members: [member('stays')] })] });
    sql.db.exec('DELETE FROM removed');
    assert.deepEqual(ids(), ['early', 'passing', 'stays']);
    writer.deleteSnapshots([passing ?? assert.fail()]);
    assert.deepEqual(ids(), ['early', 'stays']);
  });

  it('does so, too, where the one that it was compared with went first', () => {
    const { writer, load, sql } = openWriter(storePath());
    writer.addTenant(contoso);
    const ids = () => sql.all<{ id: string }>('SELECT id FROM principal ORDER BY id').map(({ id }) => id);
    load(contosoGroups, { groups: [group('a', { members: [member('passing'), member('stays')] })] });
    const passing = writer.takeSnapshot('contoso', { isPassing: true });
    load(contosoGroups, { groups: [group('a', { members: [member('stays')] })] });
    writer.takeSnapshot('contoso', {});
    sql.db.exec('DELETE FROM removed');
    assert.deepEqual(ids(), ['passing', 'stays']);
    writer.deleteSnapshots([passing ?? assert.fail()]);
    assert.deepEqual(ids(), ['stays']);
  });
});
