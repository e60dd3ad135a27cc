import assert from 'node:assert/strict';
import { soak } from '../../soak/soak.ts';
import { leastOf, trendOf } from '../../soak/trend.ts';

describe('random faults, reads and cancels', () => {
  it('leave the store as the service is, and nothing else', async function () {
    this.timeout(120_000);
    const { actions, requests, cancelled, heap, handles } = await soak({ seed: 7, isOver: (rounds) => rounds >= 30 });
    assert.ok(requests > actions / 3 && cancelled > 0, `${actions} actions, ${requests} requests`);
    const megabyte = 1024 * 1024;
    assert.ok(heap.last < heap.middle + 8 * megabyte, `the heap grew from ${heap.middle} to ${heap.last}`);
    assert.ok(handles.last <= handles.middle + 1, `handles: ${handles.middle}, then ${handles.last}`);
  });

  it('are looked at after they have warmed up', () => {
    assert.deepEqual(trendOf([0, 50, 1, 2, 3, 9, 8, 7]), { middle: 2, last: 8 });
    assert.throws(() => trendOf([1, 2]));
  });

  it('show a handle that is lost every third round among connections that come and go', () => {
    const lost = Array.from({ length: 30 }, (_, round) => Math.floor(round / 3) + ((round * 7) % 5));
    const { middle, last } = leastOf(lost);
    assert.ok(last > middle + 1, `${middle}, then ${last}`);
    assert.deepEqual(leastOf([9, 9, 9, 3, 8, 5, 4, 3, 7]), { middle: 3, last: 3 });
  });
});
