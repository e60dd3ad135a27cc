import assert from 'node:assert/strict';
import type { ErrorKind } from '../../../src/core/errors.ts';
import { isAppError } from '../../../src/core/errors.ts';
import { toStoreError } from '../../../src/store/storeError.ts';
import {
  allRows,
  contosoGroups,
  contosoWith,
  firstPage,
  group,
  member,
  membersOf,
  openReader,
  pageBytes,
  request,
} from './fixture.ts';

describe('a load', () => {
  const members = membersOf('contoso', 'g');
  const names = (path: string): string[] =>
    openReader(path)
      .membersAsSent('contoso', 'g', allRows)
      .map(({ id }) => id);

  it('is complete when every row came', () => {
    const { load, path } = contosoWith('g');
    const completeness = load(members, { members: [member('a')] }, { members: [member('b')] });
    assert.deepEqual(completeness, { state: 'complete', count: 2, asOf: completeness.asOf });
    assert.deepEqual(openReader(path).completeness(members), completeness);
    assert.deepEqual(names(path), ['a', 'b']);
  });

  it('is complete without a row, too', () => {
    const { load } = contosoWith('g');
    const { state, count } = load(members, {});
    assert.deepEqual({ state, count }, { state: 'complete', count: 0 });
  });

  it('shows nothing before its first row, and says that it did not finish until it ends', () => {
    const { writer, page, path } = contosoWith('g');
    const id = writer.begin(members);
    const reader = openReader(path);
    assert.deepEqual(reader.completeness(members), { state: 'notLoaded' });
    page(id, { members: [] });
    assert.deepEqual(reader.completeness(members), { state: 'notLoaded' });
    page(id, { members: [member('a')] });
    const { asOf, ...rest } = reader.completeness(members);
    assert.deepEqual(rest, { state: 'partial', kind: 'cancelled', reason: 'The load did not finish.', count: 1 });
    assert.ok(asOf);
  });

  it('drops what vanished only when it is complete', () => {
    const { load, writer, page, path } = contosoWith('g');
    const whole = load(members, { members: [member('a'), member('b')] });
    const id = writer.begin(members);
    page(id, { members: [member('c')] });
    const partial = writer.end(id, { error: { kind: 'offline', message: 'No network.' } });
    assert.deepEqual(partial, { state: 'partial', kind: 'offline', reason: 'No network.', count: 3, asOf: whole.asOf });
    assert.deepEqual(names(path), ['c', 'a', 'b']);
    assert.equal(load(members, { members: [member('c'), member('b')] }).count, 2);
    assert.deepEqual(names(path), ['c', 'b']);
  });

  const failures: readonly [ErrorKind, string][] = [
    ['forbidden', 'denied'],
    ['throttled', 'throttled'],
    ['notSignedIn', 'failed'],
    ['notFound', 'failed'],
    ['timeout', 'failed'],
  ];
  for (const [kind, state] of failures) {
    it(`that fails with ${kind} before its first row is ${state}, and keeps what was held`, () => {
      const { load, writer, path } = contosoWith('g');
      const retryAt = '2031-01-01T00:00:00.000Z';
      const error = { kind, message: 'The service says no.', ...(kind === 'throttled' ? { retryAt } : {}) };
      const first = writer.end(writer.begin(members), { error });
      const expected = { state, kind, reason: error.message, ...(kind === 'throttled' ? { retryAt } : {}) };
      assert.deepEqual(first, { ...expected, count: 0 });
      const { asOf } = load(members, { members: [member('a')] });
      assert.deepEqual(writer.end(writer.begin(members), { error }), { ...expected, count: 1, asOf });
      assert.deepEqual(names(path), ['a']);
    });
  }

  it('that is cancelled before its first row changes nothing at all', () => {
    const { writer, load, path } = contosoWith('g');
    const error = { kind: 'cancelled', message: 'Cancelled.' } as const;
    assert.deepEqual(writer.end(writer.begin(members), { error }), { state: 'notLoaded' });
    const complete = load(members, { members: [member('a')] });
    const reader = openReader(path);
    assert.deepEqual(writer.end(writer.begin(members), { error }), complete);
    assert.deepEqual(reader.takeChanges(), []);
  });

  it('with malformed rows is partial, and keeps what may be among them', () => {
    const { load, path } = contosoWith('g');
    load(members, { members: [member('a'), member('b')] });
    const { state, kind, count } = load(members, { members: [member('a')], malformed: 1 });
    assert.deepEqual({ state, kind, count }, { state: 'partial', kind: 'badResponse', count: 2 });
    assert.deepEqual(names(path), ['a', 'b']);
  });

  it('takes over the problem that a decoder saw', () => {
    const { load } = contosoWith('g');
    const problem = { kind: 'badResponse', reason: 'The link leads elsewhere.' } as const;
    const { state, reason } = load(members, { members: [member('a')], problem });
    assert.deepEqual({ state, reason }, { state: 'partial', reason: 'The link leads elsewhere.' });
  });

  it('goes on to the next page, and stops when a page comes again', () => {
    const { writer, page } = contosoWith('g');
    const id = writer.begin(members);
    const next = { ...request, url: 'https://service.example/2' };
    assert.deepEqual(page(id, { members: [member('a')], next }), { received: 1, unresolved: 0, next });
    assert.deepEqual(page(id, { members: [member('b')], next }), { received: 2, unresolved: 0, next });
    assert.deepEqual(page(id, { members: [member('a')], next }), { received: 2, unresolved: 0 });
    const { state, kind, reason } = writer.end(id, {});
    assert.deepEqual(
      { state, kind, reason },
      { state: 'partial', kind: 'badResponse', reason: 'The service sent the same page twice.' },
    );
  });

  it('stops at the cap of pages', function () {
    this.timeout(30_000);
    const { writer, page } = contosoWith('g');
    const id = writer.begin(members);
    for (let i = 1; i < 5000; i++) assert.ok(page(id, { next: request }).next);
    assert.equal(page(id, { next: request }).next, undefined);
    assert.match(writer.end(id, {}).reason ?? '', /5000 pages/);
  });

  it('writes a page whole or not at all', () => {
    const { writer, page, path } = contosoWith('g');
    const id = writer.begin(members);
    page(id, { members: [member('a')] });
    const broken = { ...member('c'), details: { size: 1n } };
    assert.throws(() => writer.rows(id, { members: [member('b'), broken] }));
    assert.throws(() => writer.page(id, 'test', request, new TextEncoder().encode('<html>')));
    assert.deepEqual(names(path), ['a']);
    assert.equal(page(id, { members: [member('b')] }).received, 2);
    assert.equal(writer.end(id, {}).state, 'complete');
    assert.deepEqual(names(path), ['a', 'b']);
  });

  it('goes on after the disk was full', () => {
    const { writer, page, path, sql } = contosoWith('g');
    const id = writer.begin(members);
    page(id, { members: [member('a')] });
    const many = Array.from({ length: 2000 }, (_, i) => member(`m${i}`));
    sql.db.exec('PRAGMA max_page_count = 40');
    assert.throws(
      () => page(id, { members: many }),
      (error) => isAppError(toStoreError(error), 'unavailable') && /full/.test((toStoreError(error) as Error).message),
    );
    assert.deepEqual(names(path), ['a']);
    sql.db.exec('PRAGMA max_page_count = 1000000');
    assert.equal(page(id, { members: many }).received, 2001);
    assert.equal(writer.end(id, {}).state, 'complete');
    assert.equal(names(path).length, 2001);
  });

  it('of a tenant or group that is not there is refused', () => {
    const { writer } = contosoWith('g');
    assert.throws(
      () => writer.begin(membersOf('contoso', 'x')),
      (error) => isAppError(error, 'notFound'),
    );
    assert.throws(
      () => writer.begin({ list: 'groups', tenantId: 'x' }),
      (error) => isAppError(error, 'notFound'),
    );
  });

  it('ends when its group went meanwhile', () => {
    const { writer, load, page } = contosoWith('g');
    const id = writer.begin(members);
    load(contosoGroups, { groups: [group('other')] });
    assert.throws(
      () => page(id, { members: [member('a')] }),
      (error) => isAppError(error, 'notFound'),
    );
    assert.deepEqual(writer.end(id, {}), { state: 'notLoaded' });
  });

  it('that was overtaken by a newer complete one does not bring old rows back', () => {
    const { writer, load, page, path } = contosoWith('g');
    const old = writer.begin(members);
    page(old, { members: [member('gone')] });
    const complete = load(members, { members: [member('a')] });
    page(old, { members: [member('gone too')] });
    assert.deepEqual(writer.end(old, { error: { kind: 'offline', message: 'No network.' } }), complete);
    assert.deepEqual(names(path), ['a']);
  });

  it('takes rows of registered providers, and leaves out what is no row', () => {
    const { writer, path } = contosoWith('g');
    const id = writer.begin(members);
    const noRow = JSON.parse('{"id":7}');
    assert.deepEqual(writer.rows(id, { members: [member('a'), noRow] }), { received: 1, unresolved: 0 });
    assert.equal(writer.end(id, {}).kind, 'badResponse');
    assert.deepEqual(names(path), ['a']);
  });

  it('refuses a provider without a decoder', () => {
    const { writer } = contosoWith('g');
    const id = writer.begin(members);
    assert.throws(
      () => writer.page(id, 'nobody', request, pageBytes({})),
      (error) => isAppError(error, 'invalid'),
    );
  });

  it('keeps everything that a member is', () => {
    const { load, path } = contosoWith('g');
    const ada = member('ada', {
      email: 'ada@contoso.example',
      accessRight: 'Admin',
      source: 'aad',
      principalType: 'app',
      details: {
        identifier: 'ada',
        groupUserAccessRight: 'Admin',
        userType: 'Member',
        profile: { id: 1 },
        graphId: null,
      },
    });
    load(members, {
      members: [ada, { ...ada, id: 'eve', accessRight: 'Member', details: { ['__proto__']: 'x', role: 'Owner' } }],
    });
    const reader = openReader(path);
    assert.deepEqual(reader.member('contoso', 'g', 'ada'), { ...ada, details: { id: 'ada', ...ada.details } });
    assert.equal(reader.member('contoso', 'g', 'eve')?.accessRight, 'Member');
    assert.equal(reader.members('contoso', 'g', firstPage).length, 2);
  });
});
