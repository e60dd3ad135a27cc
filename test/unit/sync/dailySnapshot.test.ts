import assert from 'node:assert/strict';
import { silentLogger } from '../../../src/core/logger.ts';
import { takeDailySnapshot } from '../../../src/sync/dailySnapshot.ts';
import { contoso, contosoGroups, group, openReader, openWriter, storePath } from '../store/fixture.ts';

const day = 24 * 3_600_000;

function open() {
  let time = Date.UTC(2030, 0, 1, 12);
  const path = storePath();
  const { writer, load } = openWriter(path, () => new Date(time).toISOString());
  writer.addTenant(contoso);
  load(contosoGroups, { groups: [group('a')] });
  const reader = openReader(path);
  const snapshots = {
    take: async (...args: Parameters<typeof writer.takeSnapshot>) => {
      // The writer is in a thread of its own.
      await Promise.resolve();
      return writer.takeSnapshot(...args);
    },
    delete: async (keys: readonly number[]) => writer.deleteSnapshots(keys),
  };
  const take = () => takeDailySnapshot({ reader, snapshots, log: silentLogger }, 'contoso', new Date(time));
  return { reader, writer, take, pass: (milliseconds: number) => (time += milliseconds) };
}

describe('the daily snapshot', () => {
  it('is taken once a day, whatever the user takes beside it', async () => {
    const { reader, writer, take, pass } = open();
    writer.takeSnapshot('contoso', { name: 'mine' });
    await take();
    pass(3_600_000);
    await take();
    pass(day);
    await take();
    assert.deepEqual(
      reader.snapshots('contoso').map(({ name, isAutomatic }) => name ?? isAutomatic),
      [true, true, 'mine'],
    );
  });

  it('is taken once by two windows that do at once', async () => {
    const { reader, take } = open();
    await Promise.all([take(), take()]);
    assert.equal(reader.snapshots('contoso').length, 1);
  });

  it('is kept for ninety times, and those of the user for ever', async () => {
    const { reader, writer, take, pass } = open();
    writer.takeSnapshot('contoso', { name: 'mine' });
    for (let i = 0; i < 93; i++) {
      await take();
      pass(day);
    }
    const left = reader.snapshots('contoso');
    assert.deepEqual([left.length, left.at(-1)?.name], [91, 'mine']);
    assert.equal(left.at(-2)?.at.slice(0, 10), '2030-01-04');
  });

  it('fails without harm', async () => {
    const { reader } = open();
    const snapshots = { take: () => Promise.reject(new Error('full')), delete: () => Promise.resolve() };
    await takeDailySnapshot({ reader, snapshots, log: silentLogger }, 'contoso');
  });
});
