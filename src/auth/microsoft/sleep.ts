import { setTimeout as delay } from 'node:timers/promises';

/** Waits for so many milliseconds. @throws when `signal` aborts */
export type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<void>;

export const sleep: Sleep = (milliseconds, signal) => delay(milliseconds, undefined, { signal });
