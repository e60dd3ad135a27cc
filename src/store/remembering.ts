import type { Sql } from './sql.ts';

/** Looks each key up once, and keeps what was found. */
export function remembering<T>(look: (key: number) => T): (key: number) => T {
  const known = new Map<number, T>();
  return (key) => {
    const value = known.get(key);
    if (value !== undefined) return value;
    const found = look(key);
    known.set(key, found);
    return found;
  };
}

/** The texts of words, each read once; empty where there is none. */
export function createWordReader(sql: Sql): (key: number) => string {
  return remembering((key) => sql.get<{ text: string }>('SELECT text FROM word WHERE key = ?', key)?.text ?? '');
}
