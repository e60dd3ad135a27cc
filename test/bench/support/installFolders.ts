import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly version: string;
}

/** Installs extensions from their folders, without what only builds them. */
export function installFolders(extensionsDir: string, folders: readonly string[]): void {
  mkdirSync(extensionsDir, { recursive: true });
  const entries = folders.map((folder) => {
    const { name, publisher, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
    const id = `${publisher}.${name}`;
    const relativeLocation = `${id}-${version}`;
    const path = join(extensionsDir, relativeLocation);
    const isLeftOut = (source: string) => ['src', 'node_modules'].some((part) => source === join(folder, part));
    cpSync(folder, path, { recursive: true, dereference: true, filter: (source) => !isLeftOut(source) });
    return { identifier: { id }, version, location: { $mid: 1, path, scheme: 'file' }, relativeLocation };
  });
  writeFileSync(join(extensionsDir, 'extensions.json'), JSON.stringify(entries));
}
