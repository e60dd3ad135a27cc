import { cleanText } from '../columns.ts';
import type { Sql } from '../sql.ts';

/** Texts that many rows share, by number. */
export interface Words {
  key(tenant: number, text: string): number;
  /** Forgets what is held in memory: another window, or a rollback, may have taken rows away. */
  clear(): void;
}

export function createWords(sql: Sql): Words {
  const tenants = new Map<number, Map<string, number>>();
  const add = (tenant: number, sent: string): number => {
    const text = cleanText(sent);
    const found = sql.get<{ key: number }>('SELECT key FROM word WHERE tenant = ? AND text = ?', tenant, text);
    return found?.key ?? sql.insert('INSERT INTO word (tenant, text) VALUES (?, ?)', tenant, text);
  };
  return {
    key: (tenant, text) => {
      let words = tenants.get(tenant);
      if (!words) {
        words = new Map();
        tenants.set(tenant, words);
      }
      let key = words.get(text);
      if (key === undefined) {
        key = add(tenant, text);
        words.set(text, key);
      }
      return key;
    },
    clear: () => tenants.clear(),
  };
}
