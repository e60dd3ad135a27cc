import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { projectFolder } from './folders.ts';

export interface SourceFile {
  /** From src, with slashes. */
  readonly path: string;
  readonly text: string;
  /** What it imports, type imports and `import()` included: own files by their path from src, packages by name. */
  readonly imports: readonly string[];
}

/** Every TypeScript file of src. */
export function readSources(): readonly SourceFile[] {
  return globSync('**/*.ts', { cwd: join(projectFolder, 'src') }).map((name) => {
    const path = name.replaceAll('\\', '/');
    const text = readFileSync(join(projectFolder, 'src', name), 'utf8');
    const imports = ts.preProcessFile(text).importedFiles.map(({ fileName }) => {
      return fileName.startsWith('.') ? new URL(fileName, `file:///${path}`).pathname.slice(1) : fileName;
    });
    return { path, text, imports };
  });
}

/** The folder in src that a file belongs to; for a file right in src its own name. */
export function folderOf(path: string): string {
  return path.split('/', 1)[0] ?? path;
}
