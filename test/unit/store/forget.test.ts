import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { isAppError } from '../../../src/core/errors.ts';
import { createWriterHost } from '../../../src/store/writerHost.ts';
import {
  afterTest,
  allRows,
  contoso,
  contosoGroups,
  contosoWith,
  directoryOf,
  firstPage,
  group,
  groupsOf,
  integrity,
  member,
  membersOf,
  openReader,
  openWriter,
} from './fixture.ts';

const hasCanary = (path: string): boolean =>
  ['', '-wal'].some((suffix) => readFileSync(path + suffix).includes('anary'));
const everyone = Array.from({ length: 300 }, (_, i) => member(`m${i}`, { email: `canary.${i}@contoso.example` }));
const members = membersOf('contoso', 'g');

describe('removing rows', () => {
  it('of groups that are not asked for any more remembers none of them as gone from the service', () => {
    const { writer, load, page, path, sql } = contosoWith();
    const shared = member('shared');
    load(contosoGroups, { groups: [group('a', { members: [member('a1')] }), group('b', { members: [shared] })] });
    load(contosoGroups, { groups: [group('b', { members: [shared, member('b1')] })] });
    const reader = openReader(path);
    const [gone, ...none] = reader.removed('contoso', firstPage);
    assert.deepEqual([gone?.groupId, none], ['a', []]);
    const running = writer.begin(contosoGroups);
    page(running, { groups: [group('c')] });
    writer.updateTenant('contoso', { name: 'Contoso 2', forgetsGroups: true });
    assert.equal(reader.tenant('contoso')?.name, 'Contoso 2');
    assert.deepEqual(reader.completeness(contosoGroups), { state: 'notLoaded' });
    assert.equal(reader.countGroups('contoso'), 0);
    assert.deepEqual(sql.all('SELECT id FROM principal'), []);
    assert.throws(
      () => page(running, { groups: [group('d')] }),
      (error) => isAppError(error, 'cancelled'),
    );
    assert.equal(writer.end(running, {}).state, 'notLoaded');
    load(contosoGroups, { groups: [group('z', { members: [shared] })] });
    assert.deepEqual(
      reader.groups('contoso', firstPage).map(({ id }) => id),
      ['z'],
    );
    assert.equal(reader.member('contoso', 'z', 'shared')?.name, 'Name of shared');
    assert.deepEqual(reader.removed('contoso', firstPage), [gone]);
    assert.equal(integrity(sql), 'ok');
  });

  it('of one tenant leaves its connection, and nothing of the rest in the file', () => {
    const { writer, load, path, sql } = contosoWith();
    writer.addTenant({ ...contoso, id: 'fabrikam' });
    const canaries = Array.from({ length: 300 }, (_, i) =>
      group(`canary ${i}`, { name: `Canary ${i}`, members: everyone.slice(i % 100) }),
    );
    // Both tenants' rows lie side by side, are changed, and vanish.
    for (const round of [0, 1, 2, 3]) {
      load(contosoGroups, { groups: canaries.slice(round * 20, 200 + round * 20) });
      load(groupsOf('fabrikam'), { groups: [group(`f${round}`, { members: [member(`f${round}`), member('kept')] })] });
      load(membersOf('contoso', `canary ${80 + round}`), { members: everyone.slice(round, 50 + round) });
      load(directoryOf('contoso'), { members: everyone });
    }
    assert.ok(hasCanary(path));
    sql.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const size = statSync(path).size;
    const reader = openReader(path);
    assert.ok(reader.removed('contoso', firstPage).length > 0);
    writer.removeRows('contoso');
    assert.equal(hasCanary(path), false);
    assert.ok(statSync(path).size < size / 4, `${statSync(path).size} of ${size} bytes`);
    assert.equal(integrity(sql), 'ok');
    assert.deepEqual(reader.takeChanges(), [{ tenantId: 'contoso' }]);
    assert.deepEqual(reader.tenant('contoso'), contoso);
    assert.deepEqual(reader.completeness(contosoGroups), { state: 'notLoaded' });
    assert.deepEqual(reader.completeness(directoryOf('contoso')), { state: 'notLoaded' });
    assert.deepEqual(reader.removed('contoso', firstPage), []);
    assert.equal(reader.countGroups('contoso'), 0);
    assert.equal(reader.member('fabrikam', 'f3', 'kept')?.name, 'Name of kept');
    assert.equal(load(contosoGroups, { groups: [group('g', { members: [member('a')] })] }).state, 'complete');
    assert.throws(
      () => writer.removeRows('nobody'),
      (error) => isAppError(error, 'notFound'),
    );
  });

  it('of all tenants takes the stores with it that were set aside', () => {
    const { writer, load, path } = contosoWith();
    load(contosoGroups, { groups: [group('g', { members: everyone })] });
    writer.close();
    const kept = `${path}.damaged-2030-01-01T00-00-00.000Z`;
    writeFileSync(kept, 'canary');
    const host = createWriterHost({ path, decoders: {}, firstLoadId: 1, onDamaged: assert.fail });
    afterTest(() => host.call('close', []));
    host.call('forgetOlderThan', ['2000-01-01T00:00:00.000Z']);
    assert.ok(statSync(kept));
    host.call('removeAllRows', []);
    assert.equal(statSync(kept, { throwIfNoEntry: false }), undefined);
    assert.equal(hasCanary(path), false);
    assert.deepEqual(openReader(path).tenants(), [contoso]);
  });

  it('shrinks the file while another window has it open, and is seen there', () => {
    const { writer, load, path } = contosoWith();
    load(contosoGroups, { groups: [group('g', { members: everyone })] });
    const other = openWriter(path);
    const reader = openReader(path);
    assert.equal(reader.members('contoso', 'g', allRows).length, everyone.length);
    writer.removeAllRows();
    assert.equal(hasCanary(path), false);
    assert.equal(reader.countGroups('contoso'), 0);
    other.load(contosoGroups, { groups: [group('g', { members: [member('a')] })] });
    assert.equal(integrity(other.sql), 'ok');
  });

  it('lets a load that runs come to nothing, in whichever window', () => {
    const { writer, path } = contosoWith('g');
    const other = openWriter(path);
    const groups = other.writer.begin(contosoGroups);
    other.page(groups, { groups: [group('g'), group('h')] });
    const untouched = other.writer.begin(directoryOf('contoso'));
    writer.removeRows('contoso');
    assert.throws(
      () => other.page(groups, { groups: [group('i')] }),
      (error) => isAppError(error, 'cancelled'),
    );
    assert.deepEqual(other.writer.end(groups, {}), { state: 'notLoaded' });
    assert.deepEqual(other.writer.end(untouched, {}), { state: 'notLoaded' });
    assert.equal(openReader(path).countGroups('contoso'), 0);
    assert.equal(other.load(contosoGroups, { groups: [group('g')] }).state, 'complete');
  });
});

describe('forgetting what is old', () => {
  it('takes the listings that were not confirmed since, and what vanished before', () => {
    const { writer, load, path, sql } = contosoWith('g', 'h');
    load(members, { members: [member('gone'), member('canary a')] });
    load(members, { members: [member('canary a')] });
    load(directoryOf('contoso'), { members: [member('canary d')] });
    const { asOf = '' } = load(membersOf('contoso', 'h'), { members: [member('b'), member('vanishes')] });
    load(membersOf('contoso', 'h'), { members: [member('b')] });
    load(contosoGroups, { groups: [group('g'), group('h')] });
    const reader = openReader(path);
    assert.equal(reader.removed('contoso', firstPage).length, 2);
    writer.forgetOlderThan(asOf);
    assert.deepEqual(reader.completeness(members), { state: 'notLoaded' });
    assert.deepEqual(reader.completeness(directoryOf('contoso')), { state: 'notLoaded' });
    assert.equal(reader.completeness(membersOf('contoso', 'h')).state, 'complete');
    assert.equal(reader.completeness(contosoGroups).count, 2);
    assert.deepEqual(
      reader.removed('contoso', firstPage).map(({ member: m }) => m?.id),
      ['vanishes'],
    );
    assert.equal(hasCanary(path), false);
    assert.deepEqual(reader.takeChanges(), [{ tenantId: 'contoso', groupId: 'g' }]);
    writer.forgetOlderThan('2031-01-01T00:00:00.000Z');
    assert.deepEqual(reader.completeness(contosoGroups), { state: 'notLoaded' });
    assert.equal(reader.countGroups('contoso'), 0);
    assert.deepEqual(reader.tenants(), [contoso]);
    for (const table of ['member', 'principal', 'removed']) assert.deepEqual(sql.all(`SELECT * FROM ${table}`), []);
    assert.throws(
      () => writer.forgetOlderThan('yesterday'),
      (error) => isAppError(error, 'invalid'),
    );
  });

  it('keeps what a newer load has brought so far, and that load goes on', () => {
    const { writer, load, page, path } = contosoWith('g');
    const { asOf = '' } = load(members, { members: [member('old'), member('a')] });
    load(contosoGroups, { groups: [group('g')] });
    const id = writer.begin(members);
    page(id, { members: [member('a')] });
    writer.forgetOlderThan(new Date(Date.parse(asOf) + 1).toISOString());
    const reader = openReader(path);
    assert.deepEqual(
      reader.members('contoso', 'g', firstPage).map(({ id: memberId }) => memberId),
      ['a'],
    );
    const { state, count } = reader.completeness(members);
    assert.deepEqual({ state, count }, { state: 'partial', count: 1 });
    page(id, { members: [member('b')] });
    assert.equal(writer.end(id, {}).state, 'complete');
    assert.equal(reader.completeness(members).count, 2);
  });

  it('never lets a load end as complete without the rows that it lost', () => {
    const { writer, load, page } = contosoWith('g');
    const id = writer.begin(members);
    page(id, { members: [member('a')] });
    const { asOf = '' } = load(contosoGroups, { groups: [group('g')] });
    writer.forgetOlderThan(asOf);
    assert.throws(
      () => page(id, { members: [member('b')] }),
      (error) => isAppError(error, 'cancelled'),
    );
    assert.deepEqual(writer.end(id, {}), { state: 'notLoaded' });
    assert.equal(load(members, { members: [member('b')] }).count, 1);
  });
});
