import { posix } from 'node:path';
import type { Metafile } from 'esbuild';

export type Outputs = Metafile['outputs'];

/** Bytes up to which a chunk is not worth a file: each file is a round trip of the extension host's loader. */
const smallest = 2048;

/**
 * Which file each chunk that esbuild made goes into.
 *
 * All that activation loads is one file. Small chunks that are loaded later are one file as well, `shared.js`: those that
 * need nothing else of what is loaded later, so that no file imports one that imports it. Each other has its own file.
 */
export function fileOfEach(outputs: Outputs, entry: string): ReadonlyMap<string, string> {
  const eager = loadedWith(outputs, entry);
  const small = smallChunks(outputs, eager);
  const shared = posix.join(posix.dirname(entry), 'shared.js');
  const fileOf = (path: string) => (eager.has(path) ? entry : small.has(path) ? shared : path);
  return new Map(codeOf(outputs).map((path) => [path, fileOf(path)]));
}

function smallChunks(outputs: Outputs, eager: ReadonlySet<string>): ReadonlySet<string> {
  const small = new Set<string>();
  const names = new Set<string>();
  const fits = (path: string) =>
    (outputs[path]?.bytes ?? 0) <= smallest &&
    importedBy(outputs, path).every((next) => eager.has(next) || small.has(next)) &&
    // What `import()` finds in the file is found by its name.
    namesOf(outputs, path).every((name) => !names.has(name));
  const rest = new Set(codeOf(outputs).filter((path) => !eager.has(path)));
  for (let path = [...rest].find(fits); path !== undefined; path = [...rest].find(fits)) {
    rest.delete(path);
    small.add(path);
    for (const name of namesOf(outputs, path)) names.add(name);
  }
  return small;
}

/** A file and all that it imports statically, in turn: what is read before its first line runs. */
export function loadedWith(outputs: Outputs, file: string): ReadonlySet<string> {
  const loaded = new Set<string>();
  const visit = (path: string) => {
    if (loaded.has(path)) return;
    loaded.add(path);
    importedBy(outputs, path).forEach(visit);
  };
  visit(file);
  return loaded;
}

/** The outputs that one imports statically. */
function importedBy(outputs: Outputs, path: string): readonly string[] {
  const imports = outputs[path]?.imports ?? [];
  return imports.flatMap(({ kind, path: next }) => (kind === 'import-statement' && next in outputs ? [next] : []));
}

/** The names by which the sources know what is in an entry point; none for a chunk that entry points share. */
export function namesOf(outputs: Outputs, path: string): readonly string[] {
  const { entryPoint, exports = [] } = outputs[path] ?? {};
  return entryPoint === undefined ? [] : exports;
}

export const codeOf = (outputs: Outputs): readonly string[] =>
  Object.keys(outputs).filter((path) => path.endsWith('.js'));
