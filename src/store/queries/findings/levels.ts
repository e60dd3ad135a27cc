/** Steps between two turns of other work: some milliseconds. */
const stepsAtOnce = 5000;

/** A way of named groups is told so far. */
const longestTold = 20;

type Graph = ReadonlyMap<number, readonly number[]>;

interface Visit {
  readonly node: number;
  readonly next: readonly number[];
  at: number;
}

/** How many levels of groups are below each, and which groups are in a round; worked out step by step. */
export interface Levels {
  work(): void;
  isDone(): boolean;
  /** One round of each set of groups that are all in each other. */
  rounds(): readonly (readonly number[])[];
  /** A round counts as one level: there are at least so many. */
  below(node: number): number;
  longestWay(node: number): readonly number[];
}

/** By Tarjan's algorithm, which finishes what is below a group before the group itself. */
export function createLevels(inside: Graph): Levels {
  const numbers = new Map<number, number>();
  const lows = new Map<number, number>();
  const depths = new Map<number, number>();
  const ways = new Map<number, number>();
  const open: number[] = [];
  const isOpen = new Set<number>();
  const visits: Visit[] = [];
  const rounds: (readonly number[])[] = [];
  const starts = inside.keys();
  let isDone = false;

  const insideOf = (node: number): readonly number[] => inside.get(node) ?? [];

  function enter(node: number): void {
    numbers.set(node, numbers.size);
    lows.set(node, numbers.size - 1);
    open.push(node);
    isOpen.add(node);
    visits.push({ node, next: insideOf(node), at: 0 });
  }

  function lower(node: number, number: number): void {
    if (number < (lows.get(node) ?? 0)) lows.set(node, number);
  }

  /** The groups that are all in each other and in nothing that is still open. */
  function close(node: number): void {
    const set = new Set<number>();
    for (let last = open.pop(); last !== undefined; last = open.pop()) {
      isOpen.delete(last);
      set.add(last);
      if (last === node) break;
    }
    if (set.size > 1 || insideOf(node).includes(node)) rounds.push(shortestRound(inside, node, set));
    let depth = 0;
    let way: number | undefined;
    for (const one of set) {
      for (const next of insideOf(one)) {
        if (set.has(next) || (depths.get(next) ?? 0) < depth) continue;
        depth = (depths.get(next) ?? 0) + 1;
        way = next;
      }
    }
    for (const one of set) {
      depths.set(one, depth);
      if (way !== undefined) ways.set(one, way);
    }
  }

  function step(): void {
    const visit = visits.at(-1);
    if (!visit) {
      const start = starts.next();
      if (start.done) isDone = true;
      else if (!numbers.has(start.value)) enter(start.value);
      return;
    }
    const next = visit.next[visit.at++];
    if (next !== undefined) {
      const number = numbers.get(next);
      if (number === undefined) enter(next);
      else if (isOpen.has(next)) lower(visit.node, number);
      return;
    }
    visits.pop();
    if (lows.get(visit.node) === numbers.get(visit.node)) close(visit.node);
    const above = visits.at(-1);
    if (above) lower(above.node, lows.get(visit.node) ?? 0);
  }

  return {
    work: () => {
      for (let steps = 0; steps < stepsAtOnce && !isDone; steps++) step();
    },
    isDone: () => isDone,
    rounds: () => rounds,
    below: (node) => depths.get(node) ?? 0,
    longestWay: (node) => {
      const way: number[] = [];
      for (let at = ways.get(node); at !== undefined && way.length < longestTold; at = ways.get(at)) way.push(at);
      return way;
    },
  };
}

/** From a group inwards until it comes again. */
function shortestRound(inside: Graph, start: number, set: ReadonlySet<number>): readonly number[] {
  const cameFrom = new Map<number, number>();
  const queue = [start];
  for (const node of queue) {
    for (const next of inside.get(node) ?? []) {
      if (next === start) {
        const round = [node];
        for (let at = cameFrom.get(node); at !== undefined; at = cameFrom.get(at)) round.unshift(at);
        return round;
      }
      if (!set.has(next) || cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      queue.push(next);
    }
  }
  return [start];
}
