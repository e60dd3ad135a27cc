import assert from 'node:assert/strict';
import { contosoGroups, contosoWith, directoryOf, firstPage, group, member, membersOf, openReader } from './fixture.ts';

describe('members known by id alone', () => {
  const listing = membersOf('contoso', 'g');
  const directory = directoryOf('contoso');
  const reference = (id: string) => member(id, { name: id, principalType: 'unknown', isReference: true });
  const ada = member('ada', {
    name: 'Ada',
    email: 'ada@contoso.example',
    source: 'local',
    details: { jobTitle: 'Countess' },
  });

  it('are named by the directory, whatever the case of their ids', () => {
    const { load, path } = contosoWith('g');
    assert.equal(load(directory, { members: [ada] }).state, 'complete');
    assert.equal(load(listing, { members: [reference('ADA')] }).state, 'complete');
    const { name, email, principalType, source, details } = openReader(path).member('contoso', 'g', 'ADA') ?? {};
    assert.deepEqual(
      { name, email, principalType, source },
      { name: 'Ada', email: ada.email, principalType: 'user', source: 'local' },
    );
    assert.equal(details?.jobTitle, 'Countess');
  });

  it('are named by another group that names them', () => {
    const { load, path } = contosoWith('g', 'h');
    load(membersOf('contoso', 'h'), { members: [{ ...ada, accessRight: 'Admin', details: { role: 'Admin' } }] });
    load(listing, { members: [{ ...reference('ada'), principalType: 'robot' }] });
    const found = openReader(path).member('contoso', 'g', 'ada');
    assert.deepEqual(found, {
      id: 'ada',
      identifier: 'ada',
      name: 'Ada',
      email: ada.email,
      principalType: 'robot',
      source: 'local',
      details: { id: 'ada' },
    });
  });

  it('stay as rows by id where nothing names them, and the listing says so', () => {
    const { load, path } = contosoWith('g');
    const { state, kind, count, asOf } = load(listing, { members: [ada, reference('x')] });
    assert.deepEqual({ state, kind, count }, { state: 'partial', kind: 'notFound', count: 2 });
    assert.ok(asOf);
    assert.equal(openReader(path).member('contoso', 'g', 'x')?.name, 'x');
  });

  it('do not keep members that are gone, as every row did come', () => {
    const { load } = contosoWith('g');
    load(listing, { members: [ada, reference('x')] });
    assert.equal(load(listing, { members: [reference('x')] }).count, 1);
  });

  it('are named when the directory comes later', () => {
    const { writer, page, load, path, sql } = contosoWith('g');
    const id = writer.begin(listing);
    assert.equal(page(id, { members: [reference('ada'), reference('x')] }).unresolved, 2);
    load(directory, { members: [ada] });
    assert.equal(writer.resolveReferences(id), 1);
    assert.equal(openReader(path).member('contoso', 'g', 'ada')?.name, 'Ada');
    load(directory, { members: [ada, member('x')] });
    assert.equal(writer.resolveReferences(id), 0);
    assert.equal(writer.end(id, {}).state, 'complete');
    assert.deepEqual(sql.all('SELECT * FROM principal WHERE unnamed'), []);
  });

  it('are named in groups that brought them along, too', () => {
    const { writer, page, load, path } = contosoWith();
    const id = writer.begin(contosoGroups);
    assert.equal(
      page(id, { groups: [group('g', { members: [reference('ada')] }), group('h', { members: [ada] })] }).unresolved,
      1,
    );
    assert.equal(openReader(path).completeness(listing).state, 'partial');
    load(directory, { members: [ada] });
    assert.equal(writer.resolveReferences(id), 0);
    assert.equal(writer.end(id, {}).state, 'complete');
    assert.equal(openReader(path).completeness(listing).state, 'complete');
    assert.equal(openReader(path).members('contoso', 'g', firstPage)[0]?.name, 'Ada');
  });

  it('are asked for again once the directory is forgotten', () => {
    const { writer, load, path, sql } = contosoWith('g');
    load(directory, { members: [ada] });
    const reader = openReader(path);
    assert.deepEqual([reader.completeness(directory).state, reader.completeness(directory).count], ['complete', 1]);
    writer.forgetDirectory('contoso');
    assert.deepEqual(reader.completeness(directory), { state: 'notLoaded' });
    assert.deepEqual(sql.all('SELECT * FROM directory'), []);
    assert.equal(load(directory, { members: [ada] }).state, 'complete');
  });

  it('lose their names in the directory only when it was read whole', () => {
    const { writer, load, page } = contosoWith();
    load(directory, { members: [ada, member('bob')] });
    const id = writer.begin(directory);
    page(id, { members: [ada] });
    assert.equal(writer.end(id, { error: { kind: 'offline', message: 'No network.' } }).count, 2);
    assert.equal(load(directory, { members: [ada] }).count, 1);
  });
});
