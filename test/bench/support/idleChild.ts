/** A thread that does nothing but watch itself. Started by `watchIdle`. */
import { watchThread } from './watchThread.ts';

const watch = await watchThread();
process.once('message', () => process.send?.(watch.stop(), () => process.exit()));
