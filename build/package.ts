/**
 * npm run package
 *
 * Makes tenant-explorer.vsix, and tells what is in it.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packagedReadme } from './packagedReadme.ts';
import { root } from './project.ts';

const run = (...args: string[]) => execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
const vsce = (...args: string[]) => run(fileURLToPath(import.meta.resolve('@vscode/vsce/vsce')), ...args);

const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { repository?: unknown };
const hasRepository = repository !== undefined;
const readme = 'dist/README.md';
// What is in the package is bundled: no folder of node_modules goes with it.
const files = ['--no-dependencies', '--readme-path', readme];

run('esbuild.js', '--production');
writeFileSync(join(root, readme), packagedReadme(readFileSync(join(root, 'README.md'), 'utf8'), hasRepository));
vsce('package', ...files, '--out', 'tenant-explorer.vsix', ...(hasRepository ? [] : ['--allow-missing-repository']));
vsce('ls', '--tree', ...files);
