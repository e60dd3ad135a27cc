import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagedReadme } from '../../../build/packagedReadme.ts';
import { projectFolder } from '../../support/folders.ts';

describe('the README in the package', () => {
  const page = [
    '<picture>',
    '  <source media="(prefers-color-scheme: dark)" srcset="docs/dark.png">',
    '  <img src="docs/light.png" alt="A > B">',
    '</picture>',
    '',
    '| **Find**<br><img src="docs/find.png" alt="Find"> | [below](#use), [there](https://example.com) |',
    'See [the types](src/api.ts).',
  ];

  it('has neither pictures nor links that lead nowhere', () => {
    assert.deepEqual(packagedReadme(page.join('\n'), false).split('\n'), [
      '| **Find** | [below](#use), [there](https://example.com) |',
      'See the types.',
    ]);
  });

  it('keeps what the packager makes lead to the repository', () => {
    const kept = packagedReadme(page.join('\n'), true).split('\n');
    assert.deepEqual(
      kept,
      page.filter((line) => !line.includes('<source')),
    );
  });

  it('is the whole text of the page', () => {
    const readme = readFileSync(join(projectFolder, 'README.md'), 'utf8');
    const headings = (text: string) => text.split('\n').filter((line) => /^#/.test(line));
    assert.deepEqual(headings(packagedReadme(readme, false)), headings(readme));
    assert.doesNotMatch(packagedReadme(readme, false), /docs\/images|<img|\]\((?!#|https:)/);
  });
});
