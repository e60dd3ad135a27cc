import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
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
