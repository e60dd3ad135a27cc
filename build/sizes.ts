import { codeOf, loadedWith, type Outputs } from './chunks.ts';

/** What each file weighs, and what is loaded at activation. */
export function printSizes(outputs: Outputs): void {
  const bytesOf = (path: string) => outputs[path]?.bytes ?? 0;
  const eager = loadedWith(outputs, 'dist/extension.js');
  for (const path of codeOf(outputs).toSorted((a, b) => bytesOf(b) - bytesOf(a))) {
    const when = eager.has(path) ? 'eager' : 'lazy ';
    console.log(`${kilobytes(bytesOf(path))}  ${when}  ${path}  ${outputs[path]?.entryPoint ?? ''}`);
  }
  const total = [...eager].reduce((sum, path) => sum + bytesOf(path), 0);
  console.log(`${kilobytes(total)}  loaded by dist/extension.js at activation`);
}

const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1).padStart(8)} kB`;
