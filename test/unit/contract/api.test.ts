import { join } from 'node:path';
import { describeContract } from '../../contract/contract.ts';
import { startCore } from '../../support/core.ts';
import { projectFolder } from '../../support/folders.ts';
import { quickPause } from '../../support/quickPause.ts';

describeContract(
  'the core',
  async () => startCore({ pause: quickPause }),
  (path) => join(projectFolder, 'test/fixtures', path),
);
