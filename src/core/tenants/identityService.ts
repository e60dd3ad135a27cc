/**
 * A UiPath address without its Identity service, and how that is called there: an endpoint that ends in `/identity` or
 * `/identity_` (a standalone installation has the former) says so.
 */
export function splitIdentity(root: string): { readonly base: string; readonly service: string } {
  // A lone host may be called "identity" too: what is split off is a segment of the path.
  const [, base, service] = /^(.*[^/])\/(identity_?)$/i.exec(root) ?? [];
  return base && service ? { base, service } : { base: root, service: 'identity_' };
}
