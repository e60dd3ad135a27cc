/**
 * npm run test:desktop [-- --grep <pattern>]
 *
 * Runs the host suite in VS Code's desktop build, where its download site can be reached.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { build } from './build.ts';
import { cacheFolder, projectFolder } from './folders.ts';

const { values } = parseArgs({ options: { grep: { type: 'string', short: 'g' } } });
await build('extension');
await build('tests');
process.exitCode = await runTests({
  cachePath: join(cacheFolder, 'desktop'),
  extensionDevelopmentPath: [projectFolder, join(projectFolder, 'test/sampleProvider')],
  extensionTestsPath: join(projectFolder, 'dist-test/host/index.js'),
  extensionTestsEnv: values.grep === undefined ? {} : { TEST_GREP: values.grep },
});
