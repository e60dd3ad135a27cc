import { parentPort, workerData } from 'node:worker_threads';
import { toErrorData } from '../core/errors.ts';
import type { Decode } from '../core/provider/provider.ts';
import type { CallMessage, WorkerMessage, WorkerStart } from '../store/protocol.ts';
import type { Writer } from '../store/writer.ts';
import { createWriterHost } from '../store/writerHost.ts';

/** Answers the calls of `createStoreWriter`, one after the other. Runs in a worker thread. */
export function serve(decoders: Readonly<Record<string, Decode>>): void {
  const port = parentPort;
  if (!port) throw new Error('serve runs in a worker thread');
  const { path, firstLoadId }: WorkerStart = workerData;
  const post = (message: WorkerMessage): void => port.postMessage(message);
  const host = createWriterHost({ path, firstLoadId, decoders, onDamaged: (damaged) => post({ damaged }) });

  port.on('message', ({ id, name, args }: CallMessage) => {
    try {
      const value = name === 'open' ? host.open() : host.call(name, args as Parameters<Writer[typeof name]>);
      post({ id, value });
    } catch (error) {
      post({ id, error: toErrorData(error) });
    }
  });
}
