import type { SecretStore } from '../core/auth/secrets.ts';

/** The fields of a tenant's secret, as whoever wrote it named them; whoever reads it checks them. */
export type TenantSecret = Readonly<Record<string, unknown>>;

/** One secret a tenant. */
export interface TenantSecrets {
  /**
   * Nothing where there is none, or none that can be read.
   * @param isFresh to pass over what is held here: another window may have replaced it
   */
  read(tenantId: string, isFresh?: boolean): Promise<TenantSecret | undefined>;
  /** Writes only what changed. */
  write(tenantId: string, secret: TenantSecret): Promise<void>;
  remove(tenantId: string): Promise<void>;
  /** From now on the tenant's secret stays in memory, until it is kept or dropped: nothing of a dialog is left behind. */
  draft(tenantId: string): void;
  keep(tenantId: string): Promise<void>;
  drop(tenantId: string): void;
}

export function createTenantSecrets(secrets: SecretStore): TenantSecrets {
  const held = new Map<string, TenantSecret>();
  const drafts = new Map<string, TenantSecret | undefined>();
  secrets.onDidChange((key) => held.delete(key));

  async function store(tenantId: string, secret: TenantSecret): Promise<void> {
    const key = keyOf(tenantId);
    held.delete(key);
    const value = JSON.stringify(secret);
    if ((await secrets.get(key)) !== value) await secrets.set(key, value);
  }

  return {
    read: async (tenantId, isFresh = false) => {
      if (drafts.has(tenantId)) return drafts.get(tenantId);
      const key = keyOf(tenantId);
      if (isFresh) held.delete(key);
      const known = held.get(key);
      if (known) return known;
      const secret = parse(await secrets.get(key));
      if (secret) held.set(key, secret);
      return secret;
    },
    write: async (tenantId, secret) => {
      if (drafts.has(tenantId)) drafts.set(tenantId, secret);
      else await store(tenantId, secret);
    },
    remove: async (tenantId) => {
      if (drafts.has(tenantId)) return void drafts.set(tenantId, undefined);
      held.delete(keyOf(tenantId));
      await secrets.delete(keyOf(tenantId));
    },
    draft: (tenantId) => {
      drafts.set(tenantId, undefined);
    },
    keep: async (tenantId) => {
      const secret = drafts.get(tenantId);
      if (secret) await store(tenantId, secret);
      drafts.delete(tenantId);
    },
    drop: (tenantId) => {
      drafts.delete(tenantId);
    },
  };
}

function keyOf(tenantId: string): string {
  return `tenant:${tenantId}`;
}

/** Our own secret, checked as if it were not: an older version or a damaged store may have written it. */
function parse(value: string | undefined): TenantSecret | undefined {
  if (value === undefined) return undefined;
  try {
    const secret: unknown = JSON.parse(value);
    return typeof secret === 'object' && secret !== null ? (secret as TenantSecret) : undefined;
  } catch {
    return undefined;
  }
}
