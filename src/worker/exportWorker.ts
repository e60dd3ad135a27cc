import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../core/errors.ts';
import { formats } from '../export/formats/formats.ts';
import { type ExportMessage, type ExportOrder, type ExportStart, toFailureData } from '../export/threadProtocol.ts';
import { type Exported, writeExport } from '../export/writeExport.ts';
import { openSnapshot } from '../store/snapshot.ts';

/** Writes one export, as `exportInThread` asks for it. */
async function run(
  { storePath, targets, extension, place }: ExportStart,
  post: (message: ExportMessage) => void,
  summary: Promise<string>,
  signal: AbortSignal,
): Promise<Exported> {
  const entry = formats.find((one) => one.extension === extension);
  if (!entry) throw new Error(`There is no format ${extension}.`);
  const format = (await entry.load())();
  const snapshot = openSnapshot(storePath);
  if (!snapshot) throw new AppError('notFound', 'Nothing is stored yet.');
  const summarize = (head: Extract<ExportMessage, { head: unknown }>['head']) => {
    post({ head });
    return summary;
  };
  const onProgress = (done: number, expected: number) => post({ done, expected });
  try {
    return await writeExport({ snapshot, targets, format, path: place, summarize, onProgress }, signal);
  } finally {
    snapshot.close();
  }
}

const port = parentPort;
if (!port) throw new Error('This runs in a worker thread.');
const post = (message: ExportMessage): void => port.postMessage(message);
const controller = new AbortController();
const summary = Promise.withResolvers<string>();
port.on('message', (order: ExportOrder) => {
  if (order === 'cancel') controller.abort();
  else summary.resolve(order.summary);
});
run(workerData, post, summary.promise, controller.signal).then(
  (exported) => post({ exported }),
  (error: unknown) => post({ failure: toFailureData(error) }),
);
