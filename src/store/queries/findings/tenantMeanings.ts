import type { AccessModel, FindingRules } from '../../../core/findings/findings.ts';
import { directoryListing } from '../../listingKeys.ts';
import type { Sql } from '../../sql.ts';

/** A tenant, and what the words in its rows mean; words by their keys. */
export interface TenantMeaning {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  readonly access: AccessModel;
  /** Rights that administer; empty where the service has none, or nobody has it. */
  readonly admin: ReadonlySet<number>;
  /** Rights that administer or edit. */
  readonly change: ReadonlySet<number>;
  /** Rights that are known not to administer. */
  readonly lesser: ReadonlySet<number>;
  /** The right that is no access. */
  readonly none: number | undefined;
  readonly types: Readonly<Partial<Record<PrincipalType, number>>>;
  /** Whether the directory that names its ids was read completely. */
  readonly hasDirectory: boolean;
}

type PrincipalType = (typeof principalTypes)[number];

const principalTypes = ['user', 'app', 'robot', 'everyone'] as const;

export function readTenantMeanings(sql: Sql, { access }: FindingRules): readonly TenantMeaning[] {
  const tenants = sql.all<{ key: number; id: string; name: string; provider: string; hasDirectory: number }>(
    `SELECT t.key, t.id, t.name, t.provider, EXISTS (
       SELECT 1 FROM listing l WHERE l.tenant = t.key AND l.grp = ${directoryListing} AND l.state = 'complete') AS hasDirectory
     FROM tenant t ORDER BY t.key`,
  );
  return tenants.map(({ hasDirectory, ...tenant }) => {
    const model = Object.hasOwn(access, tenant.provider) ? (access[tenant.provider] ?? {}) : {};
    const { admin = [], edit = [], other = [] } = model.rights ?? {};
    const words = readWords(sql, tenant.key, [...principalTypes, ...admin, ...edit, ...other, 'None']);
    const keys = (texts: readonly string[]) => new Set(texts.flatMap((text) => words.get(text) ?? []));
    const types = Object.fromEntries(principalTypes.map((type) => [type, words.get(type)]));
    return {
      ...tenant,
      access: model,
      admin: keys(admin),
      change: keys([...admin, ...edit]),
      lesser: keys([...edit, ...other]),
      none: words.get('None'),
      types,
      hasDirectory: hasDirectory === 1,
    };
  });
}

/** The keys of those texts that the tenant's rows have. */
function readWords(sql: Sql, tenant: number, texts: readonly string[]): ReadonlyMap<string, number> {
  const rows = sql.all<{ text: string; key: number }>(
    'SELECT text, key FROM word WHERE tenant = ? AND text IN (SELECT value FROM json_each(?))',
    tenant,
    JSON.stringify(texts),
  );
  return new Map(rows.map(({ text, key }) => [text, key]));
}
