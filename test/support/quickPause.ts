import { setTimeout as delay } from 'node:timers/promises';
import type { Pause } from '../../src/core/http/retry.ts';

/** Waits out what is over in a moment, so that the time that a service named has passed; no other wait is waited for. */
export const quickPause: Pause = (milliseconds, signal) =>
  delay(milliseconds <= 5 ? milliseconds + 2 : 0, undefined, { signal });
