import type { PageRequest } from '../core/provider/provider.ts';

/** Where a page lies in its listing, as it is kept in the state of the page's request. */
export function positionState(skip: number, announced: number | undefined): PageRequest['state'] {
  return announced === undefined ? { skip } : { skip, announced };
}

/** The same read back, in the terms of `core/provider/paging.ts`. */
export function positionOf({ state }: PageRequest): {
  readonly before: number;
  readonly announced: number | undefined;
} {
  return {
    before: typeof state.skip === 'number' ? state.skip : 0,
    announced: typeof state.announced === 'number' ? state.announced : undefined,
  };
}
