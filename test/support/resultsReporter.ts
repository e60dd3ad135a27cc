import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** What a suite leaves in the file that TEST_RESULTS_FILE names. */
export interface SuiteResults {
  passed: number;
  failed: number;
}

/** Prints as mocha's own `spec` does, and writes the exact numbers for the runner that asked for them. */
class ResultsReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const file = process.env.TEST_RESULTS_FILE;
      if (file === undefined) return;
      const results: SuiteResults = { passed: this.stats.passes, failed: this.stats.failures };
      writeFileSync(file, JSON.stringify(results));
    });
  }
}

// The name under which mocha's `require` of an ES module finds the class itself.
export { ResultsReporter, ResultsReporter as 'module.exports' };
