/** Exports a tenant of a store in a process whose main thread does nothing else. Started with --expose-gc. */
import { formats } from '../../../src/commands/export/formats.ts';
import { writeExport } from '../../../src/commands/export/writeExport.ts';
import { openSnapshot } from '../../../src/store/snapshot.ts';
import { translate } from '../../support/fakeCommandDeps.ts';
import { type ThreadSeen, watchThread } from './watchThread.ts';

export interface ExportAsked {
  readonly store: string;
  readonly tenantId: string;
  /** With the extension of its format. */
  readonly file: string;
}

export interface ExportSeen extends ThreadSeen {
  readonly rows: number;
  /** Bytes of the process that were resident at most, beyond those before. */
  readonly resident: number;
}

process.once('message', (asked: ExportAsked) => {
  void exportAll(asked).then((seen) => process.send?.(seen, () => process.exit()));
});

async function exportAll({ store, tenantId, file }: ExportAsked): Promise<ExportSeen> {
  const entry = formats.find(({ extension }) => file.endsWith(`.${extension}`));
  if (!entry) throw new Error('There is no such format.');
  const format = (await entry.load())();
  const snapshot = openSnapshot(store);
  if (!snapshot) throw new Error('There is no store.');
  const watch = await watchThread();
  const before = process.memoryUsage.rss();
  let most = before;
  const onProgress = () => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const options = { snapshot, targets: [{ tenantId }], format, path: file, t: translate, onProgress };
  const { rows } = await writeExport(options, new AbortController().signal);
  const seen = watch.stop();
  snapshot.close();
  return { ...seen, rows, resident: most - before };
}
