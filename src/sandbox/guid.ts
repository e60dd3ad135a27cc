import { createHash } from 'node:crypto';

/** The GUID that belongs to a name: the same one in every run, so that samples can be bookmarked and compared. */
export function guidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A GUID that carries a number, so that a row can be found by its id without a table of all ids. */
export function indexedGuid(space: number, index: number): string {
  return `${hex(scramble(space, index), 8)}-${hex(space & 0xffff, 4)}-4000-8000-${hex(index, 12)}`;
}

/** The number that `indexedGuid` put into a GUID; undefined for a GUID of another space. */
export function indexOfGuid(space: number, guid: string): number | undefined {
  const index = Number.parseInt(guid.slice(24), 16);
  return Number.isSafeInteger(index) && indexedGuid(space, index) === guid.toLowerCase() ? index : undefined;
}

/** An evenly spread 32-bit number that depends on nothing but its arguments. */
export function scramble(seed: number, index: number): number {
  let bits = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35);
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
  return (bits ^ (bits >>> 15)) >>> 0;
}

function hex(value: number, width: number): string {
  return value.toString(16).padStart(width, '0');
}
