/** Rows that are read by position. An array is one; a generated tenant computes its rows when they are read. */
export interface Rows<T> {
  readonly length: number;
  slice(start?: number, end?: number): readonly T[];
}

/** What every tenant has, whichever service it belongs to. */
export interface TenantIdentity {
  readonly name: string;
  /** The first segment of each of its addresses; unique in a server. */
  readonly path: string;
  /** The one bearer token that the tenant accepts. */
  readonly accessToken: string;
}

/** Fills in what a tenant's description leaves out: its path and its token follow from its name. */
export function tenantIdentity(description: Pick<TenantIdentity, 'name'> & Partial<TenantIdentity>): TenantIdentity {
  const path = description.path ?? description.name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return { name: description.name, path, accessToken: description.accessToken ?? `sample-token-${path}` };
}
