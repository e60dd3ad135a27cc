import assert from 'node:assert/strict';
import { countdown, type Reading, readingMessage } from '../../../../src/tree/tenants/readingMessage.ts';
import { createWords } from '../../../../src/tree/words.ts';

const fill = (message: string, ...args: (string | number | boolean)[]) =>
  message.replace(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)]));
const words = createWords(fill, 'en');
const now = Date.UTC(2026, 0, 1, 12);
const contoso: Reading = { name: 'Contoso', done: 0, total: 0, startedAt: now, heldAtStart: 0 };

function say(...readings: Partial<Reading>[]): string | undefined {
  return readingMessage(
    readings.map((reading) => ({ ...contoso, ...reading })),
    words,
    now,
  );
}

describe('what the view says while tenants are read whole', () => {
  it('is nothing when none is', () => {
    assert.equal(say(), undefined);
  });

  it('counts, and tells the time left once there is a pace', () => {
    assert.equal(say({}), 'Contoso: reading the groups…');
    assert.equal(say({ done: 3, total: 3000 }), 'Contoso: 3 of 3,000 groups read.');
    const started = { startedAt: now - 60_000 };
    assert.equal(
      say({ ...started, done: 1000, total: 3000 }),
      'Contoso: 1,000 of 3,000 groups read, about 2 min left.',
    );
    assert.equal(
      say({ ...started, done: 2900, total: 3000 }),
      'Contoso: 2,900 of 3,000 groups read, less than a minute left.',
    );
  });

  it('does not count as pace what was held before', () => {
    const held = { startedAt: now - 60_000, heldAtStart: 2000, done: 2100, total: 3000 };
    assert.equal(say(held), 'Contoso: 2,100 of 3,000 groups read, about 9 min left.');
  });

  it('counts down while the service asks to wait, a line a tenant', () => {
    const waitsUntil = new Date(now + 75_000).toISOString();
    assert.equal(
      say({ waitsUntil }, { name: 'Fabri\u202ekam' }),
      'Contoso: waiting for the service. Reading goes on in 1:15.\nFabri‹U+202E›kam: reading the groups…',
    );
    assert.equal(
      say({ waitsUntil, isOffline: true }),
      'Contoso: the service cannot be reached. Reading is tried again in 1:15.',
    );
    assert.equal(countdown(3_723_000), '1:02:03');
    assert.equal(countdown(-5), '0:00');
  });
});
