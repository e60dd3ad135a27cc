import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** What a suite leaves in the file that TEST_RESULTS_FILE names. */
export interface SuiteResults {
  passed: number;
  failed: number;
  /** A line for each test that failed: its name and why. */
  failures: readonly string[];
  /** A line for each test that passed only when it was tried again. */
  unsteady: readonly string[];
}

/** Prints as mocha's own `spec` does, and writes the exact results for the runner that asked for them. */
class ResultsReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    const { EVENT_TEST_RETRY, EVENT_TEST_PASS, EVENT_TEST_FAIL, EVENT_RUN_END } = Mocha.Runner.constants;
    const failures = new Map<string, string>();
    const triedAgain = new Map<string, string>();
    const unsteady: string[] = [];
    let passed = 0;
    runner.on(EVENT_TEST_RETRY, (test: Mocha.Test, error: unknown) => {
      const line = lineOf(test, error);
      Mocha.reporters.Base.consoleLog(`    tried again: ${line}`);
      // Chance found what does not hold: a second try would only have other numbers.
      (isCounterexample(error) ? failures : triedAgain).set(test.fullTitle(), line);
    });
    runner.on(EVENT_TEST_PASS, (test: Mocha.Test) => {
      const title = test.fullTitle();
      if (failures.has(title)) return;
      passed++;
      const line = triedAgain.get(title);
      if (line !== undefined) unsteady.push(line);
    });
    runner.on(EVENT_TEST_FAIL, (test: Mocha.Test, error: unknown) => {
      failures.set(test.fullTitle(), lineOf(test, error));
    });
    runner.once(EVENT_RUN_END, () => {
      const file = process.env.TEST_RESULTS_FILE;
      if (file === undefined) return;
      const results: SuiteResults = { passed, failed: failures.size, failures: [...failures.values()], unsteady };
      writeFileSync(file, JSON.stringify(results));
    });
  }
}

function lineOf(test: Mocha.Test, error: unknown): string {
  const reason = String(error).replaceAll(/\s+/g, ' ').slice(0, 300);
  return `${test.titlePath().join(' › ')}: ${reason}`;
}

/** Whether a property test of fast-check failed. */
const isCounterexample = (error: unknown) => String(error).includes('Property failed');

// The name under which mocha's `require` of an ES module finds the class itself.
export { ResultsReporter, ResultsReporter as 'module.exports' };
