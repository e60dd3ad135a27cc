import type { Page } from 'playwright-core';

export interface Painted {
  /** Milliseconds from the click, by the browser's own clock. */
  readonly took: number;
  /** When it was, in milliseconds since 1970. */
  readonly at: number;
}

/**
 * Clicks a row's twistie, really, waits until its first child is painted beneath it, and closes the row again.
 */
export async function expandUntilPainted(page: Page, pane: string, row: string, child: string): Promise<Painted> {
  const twistie = rowLocator(page, pane, row).locator('.monaco-tl-twistie');
  await twistie.waitFor();
  await quiet(page);
  const painted = page.evaluate<Painted>(watchScript(pane, row, child));
  await twistie.click();
  const result = await painted;
  // Its many rows would push the other ones out of sight.
  await twistie.click();
  return result;
}

function rowLocator(page: Page, pane: string, label: string) {
  return page
    .locator('.pane')
    .filter({ has: page.locator(`.pane-header[aria-label^="${pane}"]`) })
    .locator('.monaco-list-row[aria-level="1"]')
    .filter({ has: page.locator('.label-name').getByText(label, { exact: true }) });
}

function watchScript(pane: string, row: string, child: string): string {
  return `new Promise((resolve) => {
    addEventListener('click', ({ timeStamp }) => {
      ${frameLoop(pane, row, child)}.then((at) => resolve({ took: at - timeStamp, at: performance.timeOrigin + at }));
    }, { capture: true, once: true });
  })`;
}

/** A promise of the first frame that shows the child beneath the row; what a frame's callback sees is painted at its end. */
function frameLoop(pane: string, row: string, child: string): string {
  return `new Promise((resolve) => {
    const header = document.querySelector(${JSON.stringify(`.pane-header[aria-label^="${pane}"]`)});
    const find = (level, label) => [...header.closest('.pane').querySelectorAll('.monaco-list-row[aria-level="' + level + '"]')]
      .filter((row) => row.querySelector('.label-name')?.textContent === label)
      .map((row) => Number(row.getAttribute('data-index')));
    const look = () => {
      const [row] = find(1, ${JSON.stringify(row)});
      if (find(2, ${JSON.stringify(child)}).includes(row + 1)) resolve(performance.now());
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  })`;
}

/** A window that has just opened still has things to do. */
async function quiet(page: Page): Promise<void> {
  await page.waitForTimeout(1500);
  await page.evaluate('new Promise((resolve) => requestIdleCallback(resolve, { timeout: 5000 }))');
}
