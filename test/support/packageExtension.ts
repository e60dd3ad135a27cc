import { join } from 'node:path';
import { runNpm } from './bootstrap.js';
import { projectFolder } from './folders.ts';

/** Packages the extension as it is published. @returns the path of the VSIX */
export async function packageExtension(): Promise<string> {
  await runNpm(['run', 'package'], projectFolder);
  return join(projectFolder, 'tenant-explorer.vsix');
}
