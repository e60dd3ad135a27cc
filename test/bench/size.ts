/** How much code is loaded before the first expand. */
import { removeFolder } from '../support/folders.ts';
import { buildProductionFolder } from './support/productionFolder.ts';
import { atMost, type Bench, kilobytes } from './support/report.ts';

export const bench: Bench = {
  name: 'size',
  run: async () => {
    const { folder, eagerBytes, allBytes } = buildProductionFolder();
    removeFolder(folder);
    return [
      atMost(80 * 2 ** 10, {
        measure: 'minified code loaded before the first expand',
        ...{ ours: eagerBytes, baseline: allBytes, than: 'all bundles', format: kilobytes },
      }),
    ];
  },
};
