import { setImmediate as nextTurn } from 'node:timers/promises';

/** What keeps a process alive or would: sockets, servers, timers, threads. Those of the test run come and go. */
export function openResources(): readonly string[] {
  const counted = /TCP|Pipe|Timeout|Worker|MessagePort|TLS|GetAddrInfo/;
  return process
    .getActiveResourcesInfo()
    .filter((name) => counted.test(name))
    .sort();
}

/** A test's own time-out is started when its function has returned. */
export async function resourcesBefore(): Promise<readonly string[]> {
  await nextTurn();
  return openResources();
}

/** Sockets close some turns of the event loop after both ends agreed on it. */
export async function settledResources(before: readonly string[]): Promise<readonly string[]> {
  const isMore = () => openResources().length > before.length;
  for (let turn = 0; turn < 10_000 && isMore(); turn++) await nextTurn();
  return openResources();
}
