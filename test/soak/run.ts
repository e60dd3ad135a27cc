/**
 * npm run soak [-- <minutes>] [--seed <number>]
 *
 * Minutes of random faults, reads and cancels. Fails when heap or handles grow, or when the store is wrong in the end.
 */
import { parseArgs } from 'node:util';
import { soak } from './soak.ts';

const { values, positionals } = parseArgs({ options: { seed: { type: 'string' } }, allowPositionals: true });
const minutes = Number(positionals[0] ?? 3);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
if (!(minutes > 0) || !Number.isInteger(seed)) throw new Error('usage: npm run soak [-- <minutes>] [--seed <number>]');

console.log(`${minutes} minutes, seed ${seed}`);
const end = Date.now() + minutes * 60_000;
const { heap, handles, ...counts } = await soak({ seed, isOver: () => Date.now() >= end });
const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);
console.log(
  `${counts.rounds} rounds, ${counts.actions} actions (${counts.cancelled} cancelled), ${counts.requests} requests; ` +
    `heap ${megabytes(heap.middle)} → ${megabytes(heap.last)} MB, handles ${handles.middle} → ${handles.last}; ` +
    'the store is as the service is',
);
const isFlat = heap.last <= 1.05 * heap.middle + 1024 * 1024 && handles.last <= handles.middle + 1;
if (!isFlat) console.error('Heap or handles grow.');
process.exit(isFlat ? 0 : 1);
