import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exportInThread } from '../../../src/export/exportThread.ts';
import { summaryOf } from '../../../src/export/summary.ts';
import type { Exported } from '../../../src/export/writeExport.ts';
import { translate } from '../../support/fakeCommandDeps.ts';
import { projectFolder } from '../../support/folders.ts';

/** The thread as it is packaged; built before. */
const workerUrl = pathToFileURL(join(projectFolder, 'dist', 'exportWorker.js'));

/** As the command exports a tenant. */
export function exportGrants({
  store,
  tenantId,
  file,
}: {
  readonly store: string;
  readonly tenantId: string;
  readonly file: string;
}): Promise<Exported> {
  return exportInThread(
    { workerUrl, storePath: store },
    {
      targets: [{ tenantId }],
      extension: extname(file).slice(1),
      path: file,
      summarize: (head) => summaryOf({ t: translate, providers: () => [] }, head),
      onProgress() {},
    },
    new AbortController().signal,
  );
}
