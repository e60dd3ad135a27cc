import type { Locator, Page } from 'playwright-core';

const timeoutMs = 30_000;
const soonMs = 2_000;

/** Asks again and again until the answer is there. @throws an error that says what was waited for and last seen */
export async function until<T>(
  page: Page,
  what: string,
  probe: () => Promise<T | undefined>,
  lastSeen: () => Promise<unknown> = async () => undefined,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    const answer = await probe();
    if (answer !== undefined) return answer;
    // One painted frame later: what is probed is what is on the screen.
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(resolve))');
  }
  const seen = await lastSeen();
  throw new Error(`Waited in vain for ${what}${seen === undefined ? '' : `; there is ${JSON.stringify(seen)}`}.`);
}

/** Whether the element reaches the state soon: for what is tried again otherwise. */
export function soon(locator: Locator, state: 'visible' | 'hidden' = 'visible'): Promise<boolean> {
  return locator.waitFor({ state, timeout: soonMs }).then(
    () => true,
    () => false,
  );
}
