import { setTimeout as delay } from 'node:timers/promises';

/** Asks again and again until it is so. @throws after 10 s */
export async function comesTrue(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${isSo}.`);
    await delay(1);
  }
}
