/** A window that loads and refreshes listings, a burst of steps at a time, until it is killed. */
import { setImmediate as turn } from 'node:timers/promises';
import { isAppError } from '../../../src/core/errors.ts';
import type { ListingKey } from '../../../src/core/listing.ts';
import { createWriterHost } from '../../../src/store/writerHost.ts';
import { group, groupsOf, member, membersOf } from './rows.ts';

/** To this process: how many steps to do; or to end what runs and to load one listing whole. */
export type ToChild = { readonly burst: number } | 'loadWhole';
/** From this process: before each step, after the last one, and what the whole load came to. */
export type FromChild = 'ready' | 'step' | 'idle' | { readonly state: string };

const [path = '', seed = '1'] = process.argv.slice(2);
const send = (message: FromChild): void => void process.send?.(message);
const host = createWriterHost({ path, decoders: {}, firstLoadId: 1, onDamaged: (kept) => fail(`damaged: ${kept}`) });
let random = Number(seed);
let loads = 0;
let running: Generator<void, string> | undefined;

function fail(reason: unknown): never {
  console.error(reason);
  process.exit(1);
}

/** A whole number from 0 on, below `end`. */
function below(end: number): number {
  random = (random + 0x6d2b79f5) | 0;
  let t = Math.imul(random ^ (random >>> 15), 1 | random);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % end;
}

const some = (names: number, prefix: string): string[] =>
  Array.from({ length: names }, (_, i) => `${prefix}${i}`).filter(() => below(3) > 0);

/** What every row tells of its load: which one it is, and how many rows it has. */
function membersOfLoad(load: string) {
  const ids = some(25, 'm');
  return ids.map((id) => member(id, { accessRight: `Right ${below(3)}`, details: { load, of: ids.length } }));
}

function groupsOfLoad(load: string) {
  const ids = ['g0', ...some(5, 'h')];
  return ids.map((id) => {
    const embedded = below(3) === 0 ? { members: membersOfLoad(`${load} ${id}`) } : {};
    const malformed = 'members' in embedded && below(4) === 0 ? { malformedMembers: 1 } : {};
    return group(id, { name: `${id} ${load}`, details: { load, of: ids.length }, ...embedded, ...malformed });
  });
}

/** One load, page by page; each `yield` is a step's end. */
function* load(listing: ListingKey, mayFail: boolean): Generator<void, string> {
  const name = `${process.pid}-${++loads}`;
  const id = host.call('begin', [listing]);
  yield;
  const size = 3 + below(10);
  const groups = listing.list === 'groups' ? groupsOfLoad(name) : [];
  const members = listing.list === 'members' ? membersOfLoad(name) : [];
  for (let from = 0; from < groups.length + members.length; from += size) {
    if (mayFail && below(15) === 0) return host.call('end', [id, { error: { kind: 'offline', message: 'No.' } }]).state;
    const to = from + size;
    host.call('rows', [id, { groups: groups.slice(from, to), members: members.slice(from, to) }]);
    yield;
  }
  return host.call('end', [id, {}]).state;
}

/** Answers the state of a load that ended by this step. A group that another window took away ends it too. */
function step(mayFail: boolean): string | undefined {
  const groupId = ['g0', 'h0', 'h1'][below(3)] ?? '';
  running ??= load(below(3) === 0 ? groupsOf('contoso') : membersOf('contoso', groupId), mayFail);
  try {
    const { done, value } = running.next();
    if (!done) return undefined;
    running = undefined;
    return value ?? undefined;
  } catch (error) {
    running = undefined;
    if (isAppError(error, 'notFound')) return undefined;
    return fail(error);
  }
}

process.on('message', async (message: ToChild) => {
  if (message === 'loadWhole') {
    while (running) step(false);
    let state: string | undefined;
    while (state === undefined) state = step(false);
    send({ state });
    return;
  }
  for (let i = 0; i < message.burst; i++) {
    send('step');
    // The message leaves first.
    await turn();
    step(true);
  }
  send('idle');
});
process.on('disconnect', () => process.exit());
host.open();
send('ready');
