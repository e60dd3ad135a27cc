import { safeText } from '../../core/text/text.ts';
import type { Words } from '../words.ts';

/** A tenant that is being read whole, or whose reading waits. */
export interface Reading {
  readonly name: string;
  /** Listings read, of those known so far; 0 of 0 before the groups are known. */
  readonly done: number;
  readonly total: number;
  /** Milliseconds since the epoch; of the first listing. */
  readonly startedAt: number;
  /** Listings that were held when it started: they took no time. */
  readonly heldAtStart: number;
  /** Reading goes on then. */
  readonly waitsUntil?: string;
  /** It waits for the network. */
  readonly isOffline?: boolean;
}

/** What the view says above its rows while tenants are read whole; nothing when none is. */
export function readingMessage(readings: readonly Reading[], words: Words, now: number): string | undefined {
  const lines = readings.map((reading) => line(reading, words, now));
  return lines.length > 0 ? lines.join('\n') : undefined;
}

function line(reading: Reading, { t, number }: Words, now: number): string {
  const name = safeText(reading.name);
  const { done, total, waitsUntil, isOffline } = reading;
  if (waitsUntil !== undefined) {
    const left = countdown(Date.parse(waitsUntil) - now);
    return isOffline
      ? t('{0}: the service cannot be reached. Reading is tried again in {1}.', name, left)
      : t('{0}: waiting for the service. Reading goes on in {1}.', name, left);
  }
  if (total === 0) return t('{0}: reading the groups…', name);
  const left = millisecondsLeft(reading, now);
  if (left === undefined) {
    return total === 1
      ? t('{0}: {1} of 1 group read.', name, number(done))
      : t('{0}: {1} of {2} groups read.', name, number(done), number(total));
  }
  const minutes = Math.ceil(left / 60_000);
  return left < 60_000
    ? t('{0}: {1} of {2} groups read, less than a minute left.', name, number(done), number(total))
    : t('{0}: {1} of {2} groups read, about {3} min left.', name, number(done), number(total), number(minutes));
}

/** By the pace so far; unknown until there is one. */
function millisecondsLeft({ done, total, startedAt, heldAtStart }: Reading, now: number): number | undefined {
  const read = done - heldAtStart;
  if (read < 10 || now - startedAt < 2000) return undefined;
  return ((now - startedAt) / read) * (total - done);
}

/** 75 seconds are "1:15", an hour and a bit is "1:02:03". */
export function countdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}
