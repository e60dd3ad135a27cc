import type { StoreFault } from '../../core/errors.ts';
import type { Completeness } from '../../core/model.ts';

/** How a listing ended; or a load that could not begin, perhaps because of this computer. */
export type Told = Completeness & { readonly storeFault?: StoreFault };

/** Whether a listing has something to tell beside its rows. */
export function hasMessage({ state }: Completeness): boolean {
  return state === 'denied' || state === 'failed' || state === 'throttled' || state === 'partial';
}
