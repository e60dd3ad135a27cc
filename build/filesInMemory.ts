import { posix } from 'node:path';
import type { Plugin } from 'esbuild';
import { namesOf, type Outputs } from './chunks.ts';
import type { ShortNames } from './shortNames.ts';

/** What the first pass made of the sources. */
export interface SplitBundle {
  readonly outputs: Outputs;
  /** Chunk → its code. */
  readonly code: ReadonlyMap<string, string>;
  /** Chunk → the file that it goes into. */
  readonly files: ReadonlyMap<string, string>;
  /** What files import of each other's chunks. */
  readonly names: ShortNames;
}

/** Lets esbuild read each file as the sum of its chunks; what lies in another file stays outside. */
export function filesInMemory(split: SplitBundle): Plugin {
  const { code, files } = split;
  return {
    name: 'files-in-memory',
    setup({ onResolve, onLoad }) {
      // Paths are those from the project's folder.
      onResolve({ filter: /./ }, ({ path, kind, importer, namespace }) => {
        if (kind === 'entry-point') return { path: posix.normalize(path), namespace: 'whole' };
        const chunk = posix.join(posix.dirname(importer), path);
        const file = files.get(chunk);
        if (!path.startsWith('./') || file === undefined || namespace === 'elsewhere') return { path, external: true };
        if (kind === 'dynamic-import') return { path: `./${posix.basename(file)}`, external: true };
        const own = namespace === 'whole' ? importer : files.get(importer);
        return { path: chunk, namespace: file === own ? 'chunk' : 'elsewhere' };
      });
      const load = (namespace: string, contents: (path: string) => string) =>
        onLoad({ filter: /./, namespace }, ({ path }) => ({ contents: contents(path) }));
      load('whole', (file) => wholeFile(file, split));
      load('chunk', (chunk) => code.get(chunk) ?? '');
      load('elsewhere', (chunk) => namesElsewhere(chunk, split));
    },
  };
}

/** A file: its chunks, with what `import()` and other files want of them. */
function wholeFile(file: string, { outputs, files, names }: SplitBundle): string {
  const chunks = [...files].flatMap(([chunk, its]) => (its === file ? [chunk] : []));
  const lines = chunks.map((chunk) => {
    const short = [...(names.get(chunk) ?? [])].map(([name, inFile]) => `${name} as ${inFile}`);
    return `export{${[...namesOf(outputs, chunk), ...short]}}from"./${posix.basename(chunk)}";`;
  });
  return lines.join('\n');
}

/** A chunk that lies in another file: the names by which that one exports what is in it. */
function namesElsewhere(chunk: string, { files, names }: SplitBundle): string {
  const list = [...(names.get(chunk) ?? [])].map(([name, inFile]) => `${inFile} as ${name}`);
  return `export{${list}}from"./${posix.basename(files.get(chunk) ?? chunk)}";`;
}
