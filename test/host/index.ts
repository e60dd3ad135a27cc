/** The entry of the host suite: VS Code loads this bundle inside its extension host and calls `run`. */
import { appendFileSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';
import Mocha from 'mocha';
import { ResultsReporter } from '../support/resultsReporter.ts';

const { TEST_OUTPUT_FILE, TEST_GREP, TEST_FORBID_ONLY } = process.env;

/**
 * Runs every bundled test. The reporter leaves the numbers in a file, because the host ends right afterwards.
 *
 * @throws when a test failed
 */
export async function run(): Promise<void> {
  // The host's console belongs to all extensions; in a server it does not reach the terminal.
  if (TEST_OUTPUT_FILE !== undefined) Mocha.reporters.Base.consoleLog = print;
  const mocha = new Mocha({ timeout: 60_000, retries: 1, reporter: ResultsReporter });
  if (TEST_GREP !== undefined) mocha.grep(TEST_GREP);
  if (TEST_FORBID_ONLY !== undefined) mocha.forbidOnly();
  await loadTests(mocha).catch((error: unknown) => {
    print(error);
    throw error;
  });
  const failures = await new Promise<number>((resolve) => {
    mocha.run(resolve);
  });
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}

/** As Mocha does, but for `require`: in Node 22 it waits for ever for a module beneath VS Code's own loader. */
async function loadTests(mocha: Mocha): Promise<void> {
  const { EVENT_FILE_PRE_REQUIRE, EVENT_FILE_POST_REQUIRE } = Mocha.Suite.constants;
  for (const file of globSync('**/*.test.js', { cwd: import.meta.dirname }).sort()) {
    const path = join(import.meta.dirname, file);
    mocha.suite.emit(EVENT_FILE_PRE_REQUIRE, globalThis, path, mocha);
    await import(pathToFileURL(path).href);
    mocha.suite.emit(EVENT_FILE_POST_REQUIRE, globalThis, path, mocha);
  }
}

function print(...line: unknown[]): void {
  if (TEST_OUTPUT_FILE === undefined) console.error(...line);
  else appendFileSync(TEST_OUTPUT_FILE, `${format(...line)}\n`);
}
