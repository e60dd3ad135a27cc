import assert from 'node:assert/strict';
import { retryAtOf } from '../../../../src/core/http/retryAfter.ts';

const now = new Date('2026-03-01T12:00:00.000Z');

function seconds(headers: Readonly<Record<string, string>>, body = ''): number | undefined {
  const retryAt = retryAtOf({ status: 429, header: (name) => headers[name], body }, now);
  return retryAt && (retryAt.getTime() - now.getTime()) / 1000;
}

describe('when a service may be asked again', () => {
  it('is told in seconds, milliseconds or as a date', () => {
    assert.equal(seconds({ 'retry-after': '17' }), 17);
    assert.equal(seconds({ 'retry-after-ms': '1500' }), 1.5);
    assert.equal(seconds({ 'x-ms-retry-after-ms': '250' }), 0.25);
    assert.equal(seconds({ 'retry-after': 'Sun, 01 Mar 2026 12:01:30 GMT' }), 90);
    assert.equal(seconds({ 'retry-after': 'Sun, 01 Mar 2026 11:00:00 GMT' }), 0);
  });

  it('is found in the words of Power BI when no header says it', () => {
    assert.equal(seconds({}, '{"message":"You have exceeded the amount of requests. Retry in 3392 seconds."}'), 3392);
    assert.equal(seconds({ 'retry-after': '5' }, 'Retry in 3392 seconds.'), 5);
  });

  it('is unknown when the header is garbage, empty or absent', () => {
    for (const value of ['', 'soon', '-5', '1e3', 'NaN', '12 parsecs', 'Feb'])
      assert.equal(seconds({ 'retry-after': value }), undefined, value);
    assert.equal(seconds({}), undefined);
  });

  it('is never farther than a month', () => {
    assert.equal(seconds({ 'retry-after': '999999999999' }), 30 * 24 * 3600);
  });
});
