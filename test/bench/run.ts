/**
 * npm run bench [-- <name>…]
 *
 * Measures, and prints a table on stdout; what it is doing goes to stderr. A missed goal is no failure.
 */
import { cpus } from 'node:os';
import { type Bench, type Figure, toTable } from './support/report.ts';
import { note } from './support/rounds.ts';

/** Each is a file of that name; it is loaded only when it runs. */
const names = [
  'spine',
  'tree',
  'activation',
  'size',
  'members',
  'admin',
  'groups',
  'million',
  'growth',
  'find',
  'access',
  'snapshots',
  'nested',
  'findings',
  'report',
  'transport',
  'export',
  'changes',
  'plan',
];

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !names.includes(name));
if (unknown.length > 0) throw new Error(`There is no bench ${unknown.join(', ')}; there are ${names.join(', ')}.`);

const figures: Figure[] = [];
for (const name of chosen.length === 0 ? names : chosen) {
  const { bench } = (await import(`./${name}.ts`)) as { bench: Bench };
  note(`${bench.name}…`);
  try {
    figures.push(...(await bench.run()));
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
}
const machine = cpus();
console.log(
  `\n${machine.length} × ${machine[0]?.model.trim() ?? 'CPU'}, ${process.platform}, Node ${process.versions.node}\n`,
);
console.log(toTable(figures));
process.exit();
