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

/**
 * What is open that was not before, once it has settled: sockets close some turns of the event loop after both ends
 * agreed on it. Those of earlier tests, which were counted before, may close meanwhile.
 */
export async function leftOpen(before: readonly string[]): Promise<readonly string[]> {
  let more = beyond(before);
  for (let turn = 0; turn < 10_000 && more.length > 0; turn++) {
    await nextTurn();
    more = beyond(before);
  }
  return more;
}

function beyond(before: readonly string[]): readonly string[] {
  const rest = [...before];
  return openResources().filter((name) => {
    const index = rest.indexOf(name);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
}
