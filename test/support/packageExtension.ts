import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from './folders.ts';

/** Packages the extension as it is published. @returns the path of the VSIX, and all that was said on the way */
export async function packageExtension(): Promise<{ vsix: string; said: string }> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['build/package.ts'], { cwd: projectFolder });
  return { vsix: join(projectFolder, 'tenant-explorer.vsix'), said: stdout + stderr };
}
