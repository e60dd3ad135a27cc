import assert from 'node:assert/strict';
import { type Core, startCore } from '../../support/core.ts';
import { leftOpen, resourcesBefore } from '../../support/openResources.ts';
import { quickPause } from '../../support/quickPause.ts';
import { sizeCap, type TabledFault } from './faultTable.ts';

/** Cores for the tests of the suite that calls it, which leave nothing open behind them. */
export function useMatrix(): (fault: TabledFault) => Core {
  let core: Core;
  /** With so little patience that only the one fault that needs it is met by it: a busy machine is silent, too. */
  let hasty: Core;
  let atFirst: readonly string[];

  before(async () => {
    atFirst = await resourcesBefore();
    core = startCore({ pause: quickPause, sizeCap });
    hasty = startCore({ pause: quickPause, timeouts: { idle: 250, admin: 250 } });
  });
  after(async () => {
    for (const one of [core, hasty]) {
      await one.close();
      assert.deepEqual(one.errors, []);
    }
    assert.deepEqual(await leftOpen(atFirst), []);
  });
  return ({ isSilent }) => (isSilent ? hasty : core);
}
