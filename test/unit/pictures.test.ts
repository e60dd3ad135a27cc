import assert from 'node:assert/strict';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../support/folders.ts';

const read = (path: string) => readFileSync(join(projectFolder, path), 'utf8');
const pictures = globSync('docs/images/*', { cwd: projectFolder }).map((path) => path.replaceAll('\\', '/'));
const named = new Set([
  ...['docs/tour.md', 'docs/fitAndFinish.md'].flatMap((page) =>
    [...read(page).matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, path]) => `docs/${path}`),
  ),
  ...[...read('README.md').matchAll(/src(?:set)?="([^"]+)"/g)].map(([, path]) => path ?? ''),
]);

/** Taken by `npm run screenshots`. */
describe('the pictures', () => {
  it('are those that the pages name, no more and no fewer', () => {
    assert.deepEqual(pictures.toSorted(), [...named].toSorted());
  });

  it('are each taken by the script', () => {
    const script = globSync('test/support/screenshots/*.ts', { cwd: projectFolder }).map(read).join('\n');
    for (const path of pictures) {
      const name = path.replace(/^docs\/images\/(.+)\.png$/, '$1');
      const isTaken =
        script.includes(`'${name}'`) || (name.startsWith('report-') && script.includes(`'${name.slice(7)}'`));
      assert.ok(isTaken, name);
    }
  });

  it('are small, and not in the package', () => {
    const size = pictures.reduce((sum, path) => sum + statSync(join(projectFolder, path)).size, 0);
    assert.ok(size <= 3 * 1024 * 1024, `${size} bytes`);
    const [everything, ...kept] = read('.vscodeignore').split('\n');
    assert.equal(everything, '**');
    assert.ok(kept.every((line) => !line.includes('docs')));
  });
});
