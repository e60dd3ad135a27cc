import assert from 'node:assert/strict';
import type { Completeness } from '../../../src/core/model.ts';
import { principalIcon } from '../../../src/core/principalIcon.ts';
import { groupDescription, memberDescription, memberLabel, tenantDescription } from '../../../src/tree/descriptions.ts';
import { withDetails } from '../../../src/tree/facts.ts';
import { groupIcon } from '../../../src/tree/groupIcon.ts';
import { createWords } from '../../../src/tree/words.ts';
import { translate } from '../../support/fakeCommandDeps.ts';
import { group, member, tenantRecord } from '../../support/fakeReader.ts';

const now = new Date('2026-03-01T12:00:00').getTime();
const words = createWords(translate, 'en', () => now);
const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();

describe('words', () => {
  it('tell ages roughly', () => {
    const ages = [0, 0.9, 1, 59, 60, 60 * 23, 60 * 24, 60 * 47, 60 * 48, 60 * 24 * 29].map((minutes) =>
      words.age(ago(minutes)),
    );
    assert.deepEqual(ages, [
      'just now',
      'just now',
      '1 min ago',
      '59 min ago',
      '1 h ago',
      '23 h ago',
      '1 day ago',
      '1 day ago',
      '2 days ago',
      '29 days ago',
    ]);
    assert.equal(words.age(ago(60 * 24 * 60)), 'Dec 31, 2025');
    assert.equal(words.age('never'), '');
    assert.equal(words.age(ago(-5)), 'just now');
  });

  it('tell the time of today without the date', () => {
    assert.match(words.time(new Date('2026-03-01T14:05:00').toISOString()), /^2:05\sPM$/);
    assert.match(words.time(new Date('2026-03-02T14:05:00').toISOString()), /Mar 2, 2026/);
  });
});

describe('descriptions', () => {
  const tenant = (groups: Completeness, filter?: string, isSample = false) =>
    tenantDescription(words, tenantRecord('t', { isSample }), groups, filter);
  const ofGroup = (members: Completeness) => groupDescription(words, { ...group('t', 'g'), members });

  it('of a tenant tell state and age', () => {
    assert.equal(tenant({ state: 'notLoaded' }), '');
    assert.equal(tenant({ state: 'complete', count: 24, asOf: ago(5) }), '24 groups · 5 min ago');
    assert.equal(
      tenant({ state: 'complete', count: 0, asOf: ago(0) }, undefined, true),
      '0 groups · just now · Sample',
    );
    assert.equal(tenant({ state: 'denied', kind: 'forbidden', count: 0 }), 'no permission');
    assert.equal(
      tenant({ state: 'failed', count: 1, asOf: ago(60) }, 'fi\u202e'),
      'filter “fi‹U+202E›” · failed · 1 group · 1 h ago',
    );
    assert.equal(tenant({ state: 'loading', count: 5000, asOf: ago(60) }), 'loading… · 5,000 groups');
  });

  it('of a group end with the member count once it is known', () => {
    assert.equal(ofGroup({ state: 'notLoaded' }), '');
    assert.equal(ofGroup({ state: 'complete', count: 1 }), '1 member');
    assert.equal(ofGroup({ state: 'complete', count: 12_345 }), '12,345 members');
    assert.equal(ofGroup({ state: 'partial', count: 12 }), 'incomplete · 12 members');
    assert.equal(ofGroup({ state: 'denied', count: 0 }), 'no permission');
    assert.equal(
      ofGroup({ state: 'throttled', retryAt: new Date('2026-03-01T13:00:00').toISOString() }).replace(/\s/g, ' '),
      'throttled until 1:00 PM',
    );
  });

  it('of a member begin with the access right', () => {
    const ana = member('1', { name: 'Ana', email: 'ana_x#EXT#@contoso.com', accessRight: 'Admin' });
    assert.equal(memberDescription(words, ana), 'Admin · Guest · ana_x#EXT#@contoso.com');
    assert.equal(memberDescription(words, member('1', { name: 'ana@x.com', email: 'ana@x.com' })), '');
    assert.equal(memberDescription(words, member('1', { accessRight: 'New\u0007Right' })), 'New‹U+0007›Right');
  });

  it('label a member by name, else e-mail, else identifier', () => {
    assert.equal(memberLabel(member('id', { name: ' ', email: 'a@b.c' })), 'a@b.c');
    assert.equal(memberLabel(member('id', { name: '' })), 'id');
  });
});

describe('icons', () => {
  it('tell kinds apart, and have one for what is unknown', () => {
    const kinds = ['user', 'group', 'app', 'robot', 'everyone', 'Later', 'constructor'].map((principalType) =>
      principalIcon(principalType),
    );
    assert.deepEqual([new Set(kinds).size, kinds.at(-1), kinds.at(-2)], [6, 'question', 'question']);
    assert.notEqual(principalIcon('user', true), kinds[0]);
    assert.equal(principalIcon('app', true), principalIcon('app'));
    assert.equal(groupIcon('toString'), groupIcon('unknown'));
  });
});

describe('detail facts', () => {
  it('flatten what is nested and make it safe to show', () => {
    const facts = withDetails([], {
      id: 'x',
      empty: '',
      none: null,
      profile: { displayName: 'P\u202e', deep: { er: true } },
      tags: ['a', 2],
    });
    assert.deepEqual(
      facts.map(({ label, value }) => `${label}=${value}`),
      ['id=x', 'profile.displayName=P‹U+202E›', 'profile.deep.er=true', 'tags=a, 2'],
    );
  });

  it('have an end', () => {
    const wide = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`key${index}`, 'x'.repeat(5000)]));
    const facts = withDetails([], wide);
    assert.ok(facts.length <= 60);
    assert.ok(facts.every(({ value }) => value.length <= 301));
  });

  it('leave out what was said already, not what only reads the same', () => {
    const facts = withDetails(
      [
        { label: 'E-mail', value: 'ana@contoso.com' },
        { label: 'Access right', value: 'Member' },
      ],
      { emailAddress: 'ana@contoso.com', groupUserAccessRight: 'Member', userType: 'Member' },
    );
    assert.deepEqual(
      facts.map(({ label }) => label),
      ['E-mail', 'Access right', 'userType'],
    );
  });
});
