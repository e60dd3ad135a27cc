import assert from 'node:assert/strict';
import { deleteSnapshots } from '../../../src/commands/deleteSnapshots.ts';
import { isAppError } from '../../../src/core/errors.ts';
import { run } from '../../support/fakeCommandDeps.ts';
import { close } from '../../support/fakeUi.ts';
import { deps, snapshot } from './savedSnapshots.ts';

const isCancelled = (error: unknown) => isAppError(error, 'cancelled');

describe('deleteSnapshots', () => {
  it('deletes those that are ticked, after a question', async () => {
    const fake = deps(['Quarter'], 'Delete');
    await run(deleteSnapshots, fake);
    assert.deepEqual(fake.deletedSnapshots, [1]);
  });

  it('deletes very many a few at a time, and no more when it is cancelled', async () => {
    const all = Array.from({ length: 25 }, (_, at) => snapshot(at + 1, { name: `Snapshot ${at + 1}` }));
    const prepared = () => {
      const fake = deps(
        all.map(({ name = '' }) => name),
        'Delete',
      );
      fake.reader.kept.snapshots = all;
      return fake;
    };
    const whole = prepared();
    const sizes: number[] = [];
    const counted = { ...whole.snapshots, delete: async (keys: readonly number[]) => void sizes.push(keys.length) };
    await run(deleteSnapshots, { ...whole, snapshots: counted });
    assert.deepEqual(sizes, [10, 10, 5]);

    const cancelled = prepared();
    const controller = new AbortController();
    const gone: number[] = [];
    const stopping = {
      ...cancelled.snapshots,
      delete: async (keys: readonly number[]) => {
        gone.push(...keys);
        controller.abort();
      },
    };
    await assert.rejects(
      deleteSnapshots.run({ ...cancelled, snapshots: stopping }, [], controller.signal),
      isCancelled,
    );
    assert.equal(gone.length, 10);
  });

  it('deletes nothing when the question is closed', async () => {
    const fake = deps(['Quarter'], close);
    await assert.rejects(run(deleteSnapshots, fake), isCancelled);
    assert.deepEqual(fake.deletedSnapshots, []);
  });
});
