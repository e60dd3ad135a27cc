/** The report: from the data to its first picture, and reading it at a million memberships. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { readReport } from '../../src/commands/report/readReport.ts';
import { createStoreReader } from '../../src/store/reader.ts';
import { openSnapshotWithReads } from '../../src/store/snapshotReads.ts';
import { build } from '../support/build.ts';
import { launchBrowser } from '../support/chromium.ts';
import { createFakeDeps } from '../support/fakeCommandDeps.ts';
import { makeReport, shownOf } from '../support/reportData.ts';
import { openReportPage } from '../support/reportPage.ts';
import { heatmapScript } from './support/heatmap.ts';
import { fillStore, memberships } from './support/nestedStore.ts';
import { atMost, type Bench, count, type Figure, milliseconds } from './support/report.ts';
import { interleaved, note } from './support/rounds.ts';
import { watchThread } from './support/watchThread.ts';

const rounds = 5;
const size = { people: 1000, groups: 500, grants: 100_000 };
const shown = shownOf(makeReport(size));

export const bench: Bench = {
  name: 'report',
  run: async () => {
    await build('extension');
    const browser = await launchBrowser();
    try {
      const heatmap = await heatmapScript();
      const { ours, baseline } = await interleaved(rounds, {
        ours: () => paintReport(browser),
        baseline: () => paintHeatmap(browser, heatmap),
      });
      const measure = `report, ${size.people} × ${size.groups} with ${count(shown.report.counts.grants)} grants`;
      return [
        atMost(1000, {
          measure: `${measure}: from the data to the first picture, with the matrix`,
          than: 'a heatmap of ECharts alone, of the same cells, not ordered',
          ...{ ours, baseline, format: milliseconds },
        }),
        ...(await readMany()),
      ];
    } finally {
      await browser.close();
    }
  },
};

/** Milliseconds from the message that brings the report to the frame that shows the matrix. */
async function paintReport(browser: Browser): Promise<number> {
  const opened = await openReportPage(browser);
  try {
    return await opened.page.evaluate<number>(`(async () => {
      const message = ${JSON.stringify({ type: 'show', key: 'bench', ...shown })};
      const isPainted = () => {
        const canvas = document.querySelector('.matrix canvas');
        if (!canvas || canvas.width < 400) return false;
        const { data } = canvas.getContext('2d').getImageData(0, 0, 60, 60);
        return data.some((value, at) => value !== data[at % 4]);
      };
      const start = performance.now();
      postMessage(message);
      while (!isPainted()) await new Promise(requestAnimationFrame);
      // What was drawn in one frame is seen before the next.
      await new Promise(requestAnimationFrame);
      return performance.now() - start;
    })()`);
  } finally {
    await opened.close();
  }
}

async function paintHeatmap(browser: Browser, script: string): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  try {
    await page.setContent('<div id="heatmap" style="width:1200px;height:680px"></div>');
    await page.addScriptTag({ content: script });
    const cells = shown.report.people.flatMap(({ cells: own }, person) =>
      own.flatMap((group, at) => (at % 2 === 0 ? [[group, person, own[at + 1] ?? 0]] : [])),
    );
    return await page.evaluate<number>(
      `paintHeatmap(${JSON.stringify({ cells, people: size.people, groups: size.groups })})`,
    );
  } finally {
    await page.close();
  }
}

/** Of a tenant and its directory, with all their nested groups and findings. */
async function readMany(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tenant-explorer-bench-'));
  const path = join(folder, 'store', 'tenants.sqlite');
  note('report: filling a store…');
  fillStore(path);
  const reader = createStoreReader({ path });
  try {
    const deps = Object.assign(createFakeDeps(), { reader, openSnapshot: async () => openSnapshotWithReads(path) });
    const watch = await watchThread();
    const start = performance.now();
    const { report } = await readReport(deps, ['directory', 'workspaces'], new AbortController().signal);
    const took = performance.now() - start;
    const { slice } = watch.stop();
    note(`  ${count(report.people.length)} people in the matrix, ${count(report.leftOut.people)} only counted`);
    const measure = `report read from ${count(memberships)} memberships`;
    return [
      atMost(10_000, { measure, ours: took, format: milliseconds }),
      atMost(50, { measure: `${measure}: longest stall, in processor time`, ours: slice, format: milliseconds }),
    ];
  } finally {
    reader.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
