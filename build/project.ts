import { join, relative, sep } from 'node:path';

/** The project's folder. */
export const root = join(import.meta.dirname, '..');

/** A path from the project's folder, with slashes: as esbuild names its outputs. */
export const inProject = (path: string): string => relative(root, path).replaceAll(sep, '/');
