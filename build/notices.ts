import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outputs } from './chunks.ts';
import { root } from './project.ts';

/**
 * The licences of all that is bundled, from what the bundler says that it bundled.
 * @throws where a package has no licence text
 */
export function thirdPartyNotices(outputs: Outputs): string {
  const head = 'Tenant Explorer contains code of these packages, each under its own licence.\n';
  return [head, ...bundledPackages(outputs).map((path) => noticeOf(join(root, path)))].join(`\n${'='.repeat(80)}\n\n`);
}

/** Folders of the packages of which code is in a bundle, in order of their names. */
function bundledPackages(outputs: Outputs): readonly string[] {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const folders = inputs.flatMap(([path, { bytesInOutput }]) => {
    const [folder] = /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path) ?? [];
    return folder === undefined || bytesInOutput === 0 ? [] : [folder];
  });
  return [...new Set(folders)].sort();
}

interface Manifest {
  name: string;
  version: string;
  license: string;
  repository?: string | { url?: string };
}

function noticeOf(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const { name, version, license, repository } = manifest;
  const entries = readdirSync(folder, { withFileTypes: true });
  const files = entries.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).sort();
  const textOf = (file: string) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
  const licences = files.filter((file) => /^(licen[cs]e|copying)/i.test(file)).map(textOf);
  // Some have it at the end of their read-me only.
  const readMes = files.filter((file) => /^readme/i.test(file)).map(textOf);
  if (licences.length === 0)
    licences.push(...readMes.flatMap((text) => text.split(/^#* ?licen[cs]e\n-*\n?/im).slice(1)));
  if (licences.length === 0) throw new Error(`${name} is bundled and brings no licence text.`);
  const texts = [...licences, ...files.filter((file) => /^notice/i.test(file)).map(textOf)];
  const source = typeof repository === 'string' ? repository : repository?.url;
  return [`${name} ${version} (${license})`, ...(source === undefined ? [] : [source]), '', ...texts, ''].join('\n');
}
