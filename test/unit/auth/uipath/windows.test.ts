import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { isAppError } from '../../../../src/core/errors.ts';
import { type SessionWindow, type SharedSession, startSharedSession } from '../../../support/sharedSession.ts';

type Act = 'refresh' | 'signOut' | 'failWrites' | 'kill';

interface Step {
  readonly window: 0 | 1;
  /** Milliseconds after the beginning. */
  readonly at: number;
  readonly act: Act;
}

interface Schedule {
  readonly steps: readonly Step[];
  /** Of the delays. */
  readonly seed: number;
}

const step = fc.record<Step>({
  window: fc.constantFrom(0, 1),
  at: fc.integer({ min: 0, max: 40 }),
  act: fc.oneof(
    { weight: 8, arbitrary: fc.constant<Act>('refresh') },
    { weight: 1, arbitrary: fc.constantFrom<Act>('signOut', 'failWrites', 'kill') },
  ),
});
const schedules = fc.record<Schedule>({
  steps: fc.array(step, { minLength: 3, maxLength: 10 }),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
});

/** How many at once: they wait most of the time. */
const together = 10;

describe('two windows with one UiPath session', function () {
  this.timeout(120_000);

  it('lose nothing and undo no sign-out, in 100 random schedules of refresh, sign-out, failing writes and kill', async () => {
    const all = fc.sample(schedules, 100);
    for (let start = 0; start < all.length; start += together) {
      await Promise.all(all.slice(start, start + together).map(check));
    }
    // The schedules do what they are meant to.
    for (const act of ['refresh', 'signOut', 'failWrites', 'kill'] as const) {
      assert.ok(all.filter(({ steps }) => steps.some((one) => one.act === act)).length > 10, act);
    }
  });
});

async function check(schedule: Schedule): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'uipath-windows-'));
  try {
    await play(startSharedSession(folder, schedule.seed), schedule.steps);
  } catch (error) {
    throw new Error(inspect(schedule, { depth: 9 }), { cause: error });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function play(shared: SharedSession, all: readonly Step[]): Promise<void> {
  const { windows, tokens, lost, arrived, held } = shared;
  await windows[0]?.signIn();
  await arrived();
  // One window at least goes on: else there is nothing to look at.
  const killed = all.find(({ act }) => act === 'kill')?.window;
  const steps = all.filter(({ act, window }) => act !== 'kill' || window === killed);
  await Promise.all(steps.map((one) => take(windows[one.window], one)));
  await arrived();

  // Never used twice, but where a window ended between using a token and saying so.
  assert.deepEqual(
    tokens.reused.filter((token) => !lost.has(token)),
    [],
  );
  const left = windows.filter((window) => !window.isDead());
  const has = (act: Act) => steps.some((one) => one.act === act);
  const answers = new Set(await Promise.all(left.map((window) => window.newest().then(() => 'signedIn', kindOf))));
  if (steps.some(({ act, window }) => act === 'signOut' && window !== killed)) {
    assert.deepEqual([...answers], ['notSignedIn']);
    // Nor is anything left of what a window was about to write.
    if (!has('failWrites')) assert.deepEqual(held(), [undefined, undefined]);
  } else if (!has('kill') && !has('failWrites') && !has('signOut')) assert.deepEqual([...answers], ['signedIn']);
  for (const answer of answers) assert.match(answer, /^(signedIn|notSignedIn)$/);

  // Whatever happened, signing in again works, and is heard of in every window unless it cannot be written.
  if (has('failWrites')) return;
  await left[0]?.signIn();
  const [first] = await sameForAll(left, (window) => window.newest());
  const [second] = await sameForAll(left, (window) => window.refresh(first));
  assert.notEqual(second, first);
}

/** A window that is gone answers nobody. */
async function take(window: SessionWindow | undefined, { at, act }: Step): Promise<void> {
  await delay(at);
  if (!window || window.isDead()) return;
  if (act === 'kill') return window.kill();
  if (act === 'failWrites') return window.failWrites();
  const work = act === 'signOut' ? window.signOut() : window.refresh();
  await Promise.race([work, window.ended]).catch((error: unknown) => {
    if (!window.isDead()) assert.equal(kindOf(error), 'notSignedIn');
  });
}

async function sameForAll(
  windows: readonly SessionWindow[],
  ask: (window: SessionWindow) => Promise<{ readonly accessToken: string }>,
): Promise<readonly string[]> {
  const tokens = new Set((await Promise.all(windows.map(ask))).map(({ accessToken }) => accessToken));
  assert.equal(tokens.size, 1);
  return [...tokens];
}

function kindOf(error: unknown): string {
  return isAppError(error) ? error.kind : String(error);
}
