import { run } from './bootstrap.js';
import { projectFolder } from './folders.ts';

/** Builds the extension into dist/, or the host tests into dist-test/. @throws when it does not compile */
export async function build(what: 'extension' | 'tests'): Promise<void> {
  await run(process.execPath, ['esbuild.js', ...(what === 'tests' ? ['--tests'] : [])], { cwd: projectFolder });
}
