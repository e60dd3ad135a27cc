import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** The page in a webview of the workbench that has this element. */
export async function frameWith(page: Page, id: string): Promise<Frame> {
  for (const frame of page.frames())
    if (await frame.evaluate<boolean>(`document.getElementById(${JSON.stringify(id)}) !== null`)) return frame;
  throw new Error(`No page has an element ${id}.`);
}

/** What axe finds that is serious or worse, each in a line. */
export async function seriousViolations(page: Page | Frame): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate<Violation[]>(`axe.run().then(({ violations }) => violations)`);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
    );
}
