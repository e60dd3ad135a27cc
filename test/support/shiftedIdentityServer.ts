import { parentPort, workerData } from 'node:worker_threads';

/** A worker whose clock is off: the identity server of another machine. */
const { shift, ...options } = workerData as { shift: number };
const realNow = Date.now;
const RealDate = Date;
Date.now = () => realNow() + shift;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: []) => (args.length === 0 ? new target(realNow() + shift) : new target(...args)),
});

const { startIdentityServer } = await import('./identityServer.ts');
const { origin } = await startIdentityServer(options);
parentPort?.postMessage(origin);
