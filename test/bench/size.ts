/** How much code is loaded before the first expand, and how large the package is. */
import { statSync } from 'node:fs';
import { removeFolder } from '../support/folders.ts';
import { packageExtension } from '../support/packageExtension.ts';
import { buildProductionFolder } from './support/productionFolder.ts';
import { atMost, type Bench, kilobytes } from './support/report.ts';

export const bench: Bench = {
  name: 'size',
  run: async () => {
    const { folder, eagerBytes, allBytes } = buildProductionFolder();
    removeFolder(folder);
    const { vsix } = await packageExtension();
    return [
      atMost(80 * 2 ** 10, {
        measure: 'minified code loaded before the first expand',
        ...{ ours: eagerBytes, baseline: allBytes, than: 'all bundles', format: kilobytes },
      }),
      atMost(1.5 * 2 ** 20, {
        measure: 'the package (VSIX)',
        ...{ ours: statSync(vsix).size, baseline: allBytes, than: 'all bundles, not compressed', format: kilobytes },
      }),
    ];
  },
};
