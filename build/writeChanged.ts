import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { OutputFile, Plugin } from 'esbuild';
import { inProject, root } from './project.ts';
import { withoutIdleBanner } from './requireBanner.ts';

export interface Place {
  /** From the project's folder. */
  readonly folder: string;
  /** Names of the files in it that belong to this bundle. */
  readonly owns: (name: string) => boolean;
  /** Where source maps go instead: those of what is packaged stay here, to read traces of errors by. */
  readonly mapsFolder?: string;
}

/**
 * Writes only what changed, and removes outputs of earlier builds afterwards: a second build of the same sources
 * never pulls files from under an extension host that is loading them.
 */
export function writeChanged({ folder, owns, mapsFolder }: Place): Plugin {
  return {
    name: 'write-changed',
    setup({ onEnd }) {
      onEnd(({ outputFiles = [], errors, metafile }) => {
        if (errors.length > 0) return;
        const isApart = ({ path }: OutputFile) => mapsFolder !== undefined && path.endsWith('.map');
        for (const file of outputFiles) {
          const contents = isApart(file) ? Buffer.from(file.contents) : finished(file, mapsFolder === undefined);
          const output = metafile?.outputs[inProject(file.path)];
          if (output !== undefined) output.bytes = contents.byteLength;
          write(isApart(file) ? join(root, mapsFolder ?? '', basename(file.path)) : file.path, contents);
        }
        const namesOf = (files: readonly OutputFile[]) => new Set(files.map(({ path }) => basename(path)));
        removeOthers(folder, owns, namesOf(outputFiles.filter((file) => !isApart(file))));
        if (mapsFolder !== undefined) removeOthers(mapsFolder, owns, namesOf(outputFiles.filter(isApart)));
      });
    },
  };
}

function finished(file: OutputFile, namesMap: boolean): Buffer {
  const text = withoutIdleBanner(file.text);
  return Buffer.from(namesMap ? text : text.replace(/^\/\/# sourceMappingURL=.*\n/m, ''));
}

function removeOthers(folder: string, owns: Place['owns'], names: ReadonlySet<string>): void {
  for (const name of readdirSync(join(root, folder)))
    if (owns(name) && !names.has(name)) rmSync(join(root, folder, name), { recursive: true, force: true });
}

function write(path: string, contents: Buffer): void {
  if (readIfExists(path)?.equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}

function readIfExists(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
