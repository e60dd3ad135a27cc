import { posix } from 'node:path';
import { namesOf, type Outputs } from './chunks.ts';

/** Chunk → name in the chunk → name in its file. */
export type ShortNames = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * By which names a file exports what other files import of its chunks: as short as can be, because those of the first file
 * are loaded at every start.
 */
export function shortNames(
  outputs: Outputs,
  files: ReadonlyMap<string, string>,
  code: ReadonlyMap<string, string>,
): ShortNames {
  const names = new Map([...files.keys()].map((chunk) => [chunk, new Map<string, string>()]));
  const taken = new Map([...files.values()].map((file) => [file, new Set<string>()]));
  for (const [chunk, file] of files) for (const name of namesOf(outputs, chunk)) taken.get(file)?.add(name);
  for (const [importer, text] of code) {
    for (const { chunk, name } of importsIn(importer, text)) {
      const file = files.get(chunk);
      const ofChunk = names.get(chunk);
      const ofFile = file === files.get(importer) ? undefined : taken.get(file ?? '');
      if (ofChunk !== undefined && ofFile !== undefined && !ofChunk.has(name)) ofChunk.set(name, take(ofFile));
    }
  }
  return names;
}

/** By the statements that esbuild writes; one that is not found here fails the second pass. */
function importsIn(importer: string, text: string): readonly { chunk: string; name: string }[] {
  const statements = text.matchAll(/\bimport\s*\{([^}]*)\}\s*from\s*"(\.\/[^"]+)"/g);
  return [...statements].flatMap(([, list = '', path = '']) => {
    const chunk = posix.join(posix.dirname(importer), path);
    return list.split(',').map((each) => ({ chunk, name: each.trim().split(' ', 1)[0] ?? '' }));
  });
}

/** The first of a, b … z, aa, ab … that is not taken. */
function take(taken: Set<string>): string {
  let index = 0;
  while (taken.has(letters(index))) index += 1;
  taken.add(letters(index));
  return letters(index);
}

function letters(index: number): string {
  return (index < 26 ? '' : letters(Math.floor(index / 26) - 1)) + String.fromCharCode(97 + (index % 26));
}
