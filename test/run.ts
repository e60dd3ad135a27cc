/**
 * npm test
 *
 * Runs every check and every suite, one after the other, and sums up. A check counts as one, a suite as its tests.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder, projectFolder, removeFolder } from './support/folders.ts';
import type { SuiteResults } from './support/resultsReporter.ts';

interface Step {
  name: string;
  /** What Node runs. */
  command: readonly string[];
  /** Leaves the numbers of its tests in a file. */
  isSuite?: boolean;
}

const mocha = (folder: string, timeoutMs: number) => [
  'node_modules/mocha/bin/mocha.js',
  '--forbid-only',
  // Real windows, sockets and clocks on a busy machine: one that passes the second time is told by name at the end.
  ...['--retries', '1'],
  ...['--timeout', String(timeoutMs), `test/${folder}/**/*.test.ts`],
];

const steps: readonly Step[] = [
  { name: 'types', command: ['node_modules/typescript/bin/tsc', '--noEmit'] },
  {
    name: 'types of the report page',
    command: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'src/report/page'],
  },
  { name: 'biome', command: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'] },
  { name: 'eslint', command: ['node_modules/eslint/bin/eslint.js', '--max-warnings', '0'] },
  { name: 'knip', command: ['node_modules/knip/bin/knip.js'] },
  { name: 'unit tests', command: mocha('unit', 30_000), isSuite: true },
  { name: 'build', command: ['esbuild.js'] },
  { name: 'host tests', command: ['test/support/runHost.ts'], isSuite: true },
  {
    name: 'host tests in the oldest VS Code',
    command: ['test/support/runHost.ts', '--oldest'],
    isSuite: true,
  },
  // By the builds of the host tests.
  { name: 'window tests', command: mocha('windows', 120_000), isSuite: true },
  { name: 'e2e tests', command: mocha('e2e', 120_000), isSuite: true },
];

/** Milliseconds that a suite's process may take to end after its last test. */
const longestEnd = 120_000;

const folder = makeTemporaryFolder();
process.once('exit', () => removeFolder(folder));
let running: ChildProcess | undefined;
let isInterrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    isInterrupted = true;
    running?.kill(signal);
  });
}

const total = { passed: 0, failed: 0 };
const failures: string[] = [];
const unsteady: string[] = [];
for (const [index, step] of steps.entries()) {
  console.log(`\n=== ${step.name} ===`);
  const results = await runStep(step, join(folder, `${index}.json`));
  console.log(`${step.name}: ${results.passed} passed, ${results.failed} failed`);
  total.passed += results.passed;
  total.failed += results.failed;
  const named = (line: string) => `${step.name} › ${line}`;
  failures.push(...results.failures.map(named));
  unsteady.push(...results.unsteady.map(named));
}
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
printList('Passed only when tried again:', unsteady);
printList('Failed:', failures);
console.log(`\n${total.passed} passed, ${total.failed} failed`);

function printList(title: string, lines: readonly string[]): void {
  if (lines.length > 0) console.log(['', title, ...lines.map((line) => `  ${line}`)].join('\n'));
}

async function runStep(step: Step, resultsFile: string): Promise<SuiteResults> {
  const env = { ...process.env, TEST_RESULTS_FILE: resultsFile, TEST_FORBID_ONLY: '1' };
  const child = spawn(process.execPath, step.command, { cwd: projectFolder, stdio: ['ignore', 1, 1], env });
  running = child;
  const watch = setInterval(() => endWhenHung(child, resultsFile), 1000);
  const [code] = await once(child, 'exit');
  clearInterval(watch);
  if (isInterrupted) process.exit(1);
  const isGood = code === 0;
  if (step.isSuite !== true) {
    return isGood ? { passed: 1, failed: 0, failures: [], unsteady: [] } : failure('see above');
  }
  return countSuite(resultsFile, isGood);
}

/** A suite that has told its numbers and does not end has left something open: a failure, not a run without an end. */
function endWhenHung(child: ChildProcess, resultsFile: string): void {
  const told = statSync(resultsFile, { throwIfNoEntry: false });
  if (!told || Date.now() - told.mtimeMs < longestEnd) return;
  console.log('The suite is over, but its process goes on: something was left open. It is ended.');
  child.kill('SIGKILL');
}

/** A suite that crashed, left no results or ran no test is a failure of its own. */
function countSuite(resultsFile: string, isGood: boolean): SuiteResults {
  if (!existsSync(resultsFile)) return failure('ended without results');
  const results = JSON.parse(readFileSync(resultsFile, 'utf8')) as SuiteResults;
  if (results.failed > 0 || (isGood && results.passed > 0)) return results;
  const ending = failure(results.passed > 0 ? 'failed after its last test' : 'ran no test');
  return { ...ending, passed: results.passed, unsteady: results.unsteady };
}

function failure(reason: string): SuiteResults {
  return { passed: 0, failed: 1, failures: [reason], unsteady: [] };
}
