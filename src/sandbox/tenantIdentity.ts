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
  /** The bearer token that the tenant always accepts. */
  readonly accessToken: string;
  /** Judges the tokens that a sign-in service gave out; they are accepted besides the one above. */
  readonly checkToken?: TokenCheck;
}

/** What a service says to a token; claims are what it must be asked for with. */
export type TokenCheck = (token: string) => 'accepted' | 'expired' | 'invalid' | { readonly claims: string };

/** Fills in what a tenant's description leaves out: its path and its token follow from its name. */
export function tenantIdentity(description: Pick<TenantIdentity, 'name'> & Partial<TenantIdentity>): TenantIdentity {
  const path = description.path ?? description.name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const { name, checkToken } = description;
  const accessToken = description.accessToken ?? `sample-token-${path}`;
  return { name, path, accessToken, ...(checkToken === undefined ? {} : { checkToken }) };
}
