import { spawnSync } from 'node:child_process';
import { cpSync, globSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder, projectFolder, removeFolder } from '../../support/folders.ts';

/** The extension as it is packaged, minified, in a folder of its own: what is built in the project stays as it is. */
export interface ProductionFolder {
  readonly folder: string;
  /** Bytes of the bundles that are loaded at activation, and thus before anything is expanded. */
  readonly eagerBytes: number;
  /** Bytes of all bundles. */
  readonly allBytes: number;
}

/** @throws when it does not compile */
export function buildProductionFolder(): ProductionFolder {
  const folder = makeTemporaryFolder();
  for (const file of globSync(['esbuild.js', 'build', 'package.json', 'package.nls*.json'], { cwd: projectFolder })) {
    cpSync(join(projectFolder, file), join(folder, file), { recursive: true });
  }
  for (const name of ['src', 'media', 'node_modules'])
    symlinkSync(join(projectFolder, name), join(folder, name), 'junction');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['esbuild.js', '--production', '--sizes'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) {
    removeFolder(folder);
    throw new Error(`The extension does not build:\n${stderr}`);
  }
  // One bundle a line, as the build's own metafile tells it: `<size> kB  eager  dist/extension.js  src/extension.ts`.
  const bundles = [...stdout.matchAll(/ kB {2}(eager|lazy) +(\S+\.js)/g)].map(([, when, path]) => ({
    isEager: when === 'eager',
    bytes: statSync(join(folder, String(path))).size,
  }));
  const sum = (chosen: typeof bundles) => chosen.reduce((total, { bytes }) => total + bytes, 0);
  return { folder, eagerBytes: sum(bundles.filter(({ isEager }) => isEager)), allBytes: sum(bundles) };
}
