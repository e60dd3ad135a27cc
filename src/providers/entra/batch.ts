import type { PageRequest } from '../../core/provider/provider.ts';

/**
 * Several reads in one, as the page "Combine multiple HTTP requests using JSON batching" of Graph's documentation tells.
 * Their addresses are below `root`, and there are at most 20.
 */
export function batchOf(root: string, parts: readonly PageRequest[], state: PageRequest['state']): PageRequest {
  const requests = parts.map(({ url, headers }, index) => ({
    id: partId(index),
    method: 'GET',
    url: url.slice(root.length),
    ...(headers ? { headers } : {}),
  }));
  return {
    url: `${root}/$batch`,
    shape: 'batch',
    body: JSON.stringify({ requests }),
    parts,
    state: { ...state, root },
  };
}

/** What a part is called: replies come in any order. */
export function partId(index: number): string {
  return String(index + 1);
}
