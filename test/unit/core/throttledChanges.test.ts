import assert from 'node:assert/strict';
import { createEmitter } from '../../../src/core/event.ts';
import type { StoreChange } from '../../../src/core/store.ts';
import { throttleChanges } from '../../../src/core/throttledChanges.ts';

describe('throttled changes', () => {
  it('come at once, then together, never losing the last', async () => {
    const source = createEmitter<StoreChange>();
    const throttled = throttleChanges(source.event, 30);
    const heard: { change: StoreChange; at: number }[] = [];
    const third = new Promise<void>((resolve) => {
      throttled.event((change) => {
        heard.push({ change, at: performance.now() });
        if (heard.length === 4) resolve();
      });
    });
    source.fire({ tenantId: 'a', groupId: '1' });
    source.fire({ tenantId: 'a', groupId: '2' });
    source.fire({ tenantId: 'a', groupId: '3' });
    source.fire({ tenantId: 'b' });
    source.fire({ tenantId: 'b', groupId: '4' });
    // Timers count only while something else keeps the process alive.
    const alive = setInterval(() => undefined, 1000);
    await third;
    clearInterval(alive);
    assert.deepEqual(
      heard.map(({ change }) => change),
      [{ tenantId: 'a', groupId: '1' }, { tenantId: 'b' }, { tenantId: 'a' }, { tenantId: 'b', groupId: '4' }],
    );
    const ofA = heard.filter(({ change }) => change.tenantId === 'a');
    assert.ok((ofA[1]?.at ?? 0) - (ofA[0]?.at ?? 0) >= 29);
    throttled.dispose();
  });

  it('are no mere marks when something else changed meanwhile', async () => {
    const source = createEmitter<StoreChange>();
    const throttled = throttleChanges(source.event, 10);
    const heard: StoreChange[] = [];
    const done = new Promise<void>((resolve) => {
      throttled.event((change) => {
        heard.push(change);
        if (heard.length === 4) resolve();
      });
    });
    const mark = (tenantId: string) => source.fire({ tenantId, isMark: true });
    for (const tenantId of ['a', 'b']) mark(tenantId);
    source.fire({ tenantId: 'a', groupId: '1' });
    mark('a');
    mark('b');
    mark('b');
    const alive = setInterval(() => undefined, 1000);
    await done;
    clearInterval(alive);
    assert.deepEqual(heard.slice(2), [{ tenantId: 'a' }, { tenantId: 'b', isMark: true }]);
    throttled.dispose();
  });
});
