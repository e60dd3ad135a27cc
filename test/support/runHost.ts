/**
 * npm run test:host [-- --grep <pattern>] [--oldest]
 *
 * Runs test/host inside the extension host of a real VS Code, whose window is open in Chromium: the newest, or the
 * oldest that the extension supports.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { build } from './build.ts';
import { launchBrowser } from './chromium.ts';
import { makeTemporaryFolder, projectFolder, removeFolder } from './folders.ts';
import { installSampleProvider } from './installExtension.ts';
import type { SuiteResults } from './resultsReporter.ts';
import { startVsCode, type VsCodeServer, workbenchUrl } from './vscodeServer.ts';

const limitMs = 10 * 60_000;

const { values } = parseArgs({
  options: { grep: { type: 'string', short: 'g' }, oldest: { type: 'boolean', default: false } },
});
const folder = makeTemporaryFolder();
const outputFile = join(folder, 'output.txt');
const resultsFile = process.env.TEST_RESULTS_FILE ?? join(folder, 'results.json');
let server: VsCodeServer | undefined;
let browser: Browser | undefined;

try {
  await build('extension');
  await build('tests');
  const extensionsDir = join(folder, 'extensions');
  installSampleProvider(extensionsDir);
  server = await startVsCode({
    dataDir: join(folder, 'vscode'),
    extensionsDir,
    testDriver: true,
    release: values.oldest ? 'oldest' : 'current',
    env: {
      TEST_OUTPUT_FILE: outputFile,
      TEST_RESULTS_FILE: resultsFile,
      ...(values.grep === undefined ? {} : { TEST_GREP: values.grep }),
    },
  });
  browser = await launchBrowser();
  await runSuite(server, browser);
  process.exitCode = readResults().failed > 0 ? 1 : 0;
} catch (error) {
  console.error(error);
  console.error(server?.output().split('\n').slice(-20).join('\n') ?? '');
  process.exitCode = 1;
} finally {
  if (existsSync(outputFile)) console.log(readFileSync(outputFile, 'utf8'));
  await browser?.close();
  await server?.stop();
  removeFolder(folder);
}

/** Resolves when the extension host has ended by itself. @throws when it broke down or took too long */
async function runSuite(vscode: VsCodeServer, chromium: Browser): Promise<void> {
  const page = await chromium.newPage();
  const over = Promise.withResolvers<void>();
  const fail = (reason: string) => over.reject(new Error(`${reason} before the host suite was over.`));
  void vscode.ended.then(() => fail("VS Code's server ended"));
  page.once('crash', () => fail('The page crashed'));
  chromium.once('disconnected', () => fail('Chromium ended'));
  setTimeout(fail, limitMs, `${limitMs / 60_000} minutes passed`).unref();
  // VS Code calls this function of its page once the extension host with the tests is gone.
  await page.exposeFunction('codeAutomationExit', () => over.resolve());
  const extensionTestsPath = join(projectFolder, 'dist-test/host/index.js');
  await page.goto(workbenchUrl(vscode, { extensionDevelopmentPath: projectFolder, extensionTestsPath }));
  await over.promise;
}

function readResults(): SuiteResults {
  if (!existsSync(resultsFile)) throw new Error('The host suite left no results.');
  const results = JSON.parse(readFileSync(resultsFile, 'utf8')) as SuiteResults;
  if (results.passed + results.failed === 0) throw new Error('The host suite ran no test.');
  return results;
}
