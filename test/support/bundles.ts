import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { projectFolder } from './folders.ts';
import type { Bundle } from './texts.ts';

/** Languages that the extension speaks beside English. */
export const languages = ['de'];

/** Where the texts of the source are, in English or in another language; VS Code looks for them by these names. */
export function bundlePath(language?: string): string {
  return `media/l10n/bundle.l10n${language === undefined ? '' : `.${language}`}.json`;
}

/** Where the texts of the manifest are. */
export function manifestBundlePath(language?: string): string {
  return `package.nls${language === undefined ? '' : `.${language}`}.json`;
}

export function readBundle(path: string): Bundle {
  return JSON.parse(readFileSync(join(projectFolder, path), 'utf8')) as Bundle;
}

/** @param path from the project's folder, or absolute */
export function writeBundle(path: string, texts: Bundle): void {
  writeFileSync(resolve(projectFolder, path), `${JSON.stringify(texts, undefined, 2)}\n`);
}
