/**
 * npm run test:desktop [-- --grep <pattern>] [--version 1.106.0]
 *
 * Runs the host suite in VS Code's desktop build, the newest by default, where its download site can be reached.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { build } from './build.ts';
import { cacheFolder, projectFolder } from './folders.ts';

const { values } = parseArgs({
  options: { grep: { type: 'string', short: 'g' }, version: { type: 'string', default: 'stable' } },
});
const program = await download();
if (program === undefined) process.exitCode = 1;
else process.exitCode = await runSuite(program);

/** @returns undefined, having said why, where there is none to be had */
async function download(): Promise<string | undefined> {
  try {
    return await downloadAndUnzipVSCode({ version: values.version, cachePath: join(cacheFolder, 'desktop') });
  } catch (error) {
    console.error(`VS Code's desktop build could not be downloaded: ${String(error)}`);
    console.error('It comes from update.code.visualstudio.com. Nothing was tested.');
    console.error('"npm run test:host" runs the same tests in a VS Code that comes from the npm registry.');
    return undefined;
  }
}

async function runSuite(vscodeExecutablePath: string): Promise<number> {
  await build('extension');
  await build('tests');
  return runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: [projectFolder, join(projectFolder, 'test/sampleProvider')],
    extensionTestsPath: join(projectFolder, 'dist-test/host/index.js'),
    extensionTestsEnv: values.grep === undefined ? {} : { TEST_GREP: values.grep },
  });
}
