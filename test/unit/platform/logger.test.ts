import assert from 'node:assert/strict';
import { AppError } from '../../../src/core/errors.ts';
import { createLogger } from '../../../src/platform/logger.ts';

const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbmEifQ.c2lnbmF0dXJl';
const levels = ['debug', 'info', 'warn', 'error'] as const;

function watched() {
  const told: string[] = [];
  const at = (level: string) => (text: string | Error) => void told.push(`${level}: ${text}`);
  const log = createLogger(() => ({ debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }));
  return { told, log };
}

describe('the log', () => {
  it('is told no token, on any level', () => {
    const { told, log } = watched();
    for (const level of levels) log[level](`Bearer ${token} of ana@contoso.example`);
    assert.deepEqual(
      told,
      levels.map((level) => `${level}: Bearer ‹token› of ‹e-mail›`),
    );
  });

  it('is told why, through all causes, without their tokens', () => {
    const { told, log } = watched();
    const inner = new Error(`fetch failed for ${token}`);
    const error = new AppError('forbidden', `No ${token}`, {
      status: 403,
      cause: new Error('outer', { cause: inner }),
    });
    log.error('Loading failed.', error);
    const [text = ''] = told;
    assert.match(text, /^error: Loading failed\. \[forbidden 403\] AppError: No ‹token›/);
    assert.match(text, /Caused by: Error: outer[\s\S]*Caused by: Error: fetch failed for ‹token›/);
    assert.match(text, /logger\.test\.ts/);
    assert.ok(!text.includes(token));
  });

  it('shows nothing of objects that were thrown, and ends with causes that go round', () => {
    const { told, log } = watched();
    log.error('Odd.', { accessToken: 'abc', toString: () => 'abc' });
    log.error('Odd.', `code=abc`);
    const round = new Error('round');
    round.cause = round;
    log.error('Odd.', round);
    assert.deepEqual(told.slice(0, 2), ['error: Odd. [object Object]', 'error: Odd. code=‹secret›']);
    assert.ok(told[2]?.includes('round'));
  });
});
