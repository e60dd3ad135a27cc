import type { ServiceWrites } from '../../core/provider/writes.ts';
import { search } from './searchDirectory.ts';

/** Nothing of a directory is changed from here; it is asked who there is. */
export const writes: ServiceWrites = {
  rules: { rights: () => [], principalTypes: [], problem: () => 'notOffered' },
  writes: {},
  search,
};
