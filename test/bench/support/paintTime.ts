import type { Page } from 'playwright-core';

export interface Painted {
  /** Milliseconds from the click, by the browser's own clock. */
  readonly took: number;
  /** When it was, in milliseconds since 1970. */
  readonly at: number;
  /** As `took`, until all children are in the list, painted or not. */
  readonly wholeTook: number;
}

/** What is waited for. */
export interface Expanded {
  readonly pane: string;
  readonly row: string;
  /** The row's first child. */
  readonly child: string;
  /** Rows below it at least, for `wholeTook`. */
  readonly children: number;
}

/**
 * Clicks a row's twistie, really, waits until its first child is painted beneath it and all of them are in the list,
 * and closes the row again.
 */
export async function expandUntilPainted(page: Page, expanded: Expanded): Promise<Painted> {
  const { pane, row } = expanded;
  const twistie = rowLocator(page, pane, row).locator('.monaco-tl-twistie');
  await twistie.waitFor();
  await quiet(page);
  const painted = page.evaluate<Painted>(watchScript(expanded));
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

function watchScript(expanded: Expanded): string {
  return `new Promise((resolve) => {
    addEventListener('click', ({ timeStamp }) => {
      ${frameLoop(expanded)}.then(({ at, wholeAt }) =>
        resolve({ took: at - timeStamp, at: performance.timeOrigin + at, wholeTook: wholeAt - timeStamp }));
    }, { capture: true, once: true });
  })`;
}

/** A promise of the first frames that show the child beneath the row and know all children; what a frame's callback sees is painted at its end. */
function frameLoop({ pane, row, child, children }: Expanded): string {
  return `new Promise((resolve) => {
    const header = document.querySelector(${JSON.stringify(`.pane-header[aria-label^="${pane}"]`)});
    const find = (level, label) => [...header.closest('.pane').querySelectorAll('.monaco-list-row[aria-level="' + level + '"]')]
      .filter((row) => row.querySelector('.label-name')?.textContent === label);
    let at;
    const look = () => {
      const [row] = find(1, ${JSON.stringify(row)});
      const place = Number(row?.getAttribute('data-index')) + 1;
      const first = find(2, ${JSON.stringify(child)}).find((child) => Number(child.getAttribute('data-index')) === place);
      if (first) at ??= performance.now();
      if (first && Number(first.getAttribute('aria-setsize')) >= ${children}) resolve({ at, wholeAt: performance.now() });
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
