/** More of them would cost memory, fewer would be large again. */
const parts = 64;

/** As a `Map`, for very many keys. */
export interface SplitMap<K extends string | number, V> {
  get(key: K): V | undefined;
  has(key: K): boolean;
  set(key: K, value: V): void;
}

/**
 * A `Map` in parts. A single one is laid out anew whenever it has doubled, all at once: with some hundred thousand keys
 * that takes longer than other work can wait.
 */
export function createSplitMap<K extends string | number, V>(): SplitMap<K, V> {
  const maps = Array.from({ length: parts }, () => new Map<K, V>());
  const mapOf = (key: K): Map<K, V> => maps[partOf(key)] as Map<K, V>;
  return {
    get: (key) => mapOf(key).get(key),
    has: (key) => mapOf(key).has(key),
    set: (key, value) => void mapOf(key).set(key, value),
  };
}

function partOf(key: string | number): number {
  if (typeof key === 'number') return Math.abs(Math.trunc(key)) % parts;
  let hash = 0;
  // All of it: many ids begin alike, and addresses end alike.
  for (let at = 0; at < key.length; at++) hash = (Math.imul(hash, 31) + key.charCodeAt(at)) | 0;
  return (hash ^ (hash >>> 16)) & (parts - 1);
}
