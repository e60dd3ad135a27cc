import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { savedHtml } from '../../src/report/savedHtml.ts';
import { seriousViolations } from '../support/accessibility.ts';
import { launchBrowser } from '../support/chromium.ts';
import { projectFolder } from '../support/folders.ts';
import { makeReport, shownOf } from '../support/reportData.ts';
import { askedFor, openReportPage, openSavedPage, pageFiles, type ReportPage } from '../support/reportPage.ts';
import { until } from '../support/until.ts';

const small = shownOf(makeReport({ people: 60, groups: 30, grants: 300 }));
const large = shownOf(makeReport({ people: 1000, groups: 500, grants: 100_000 }));
const hostile = `<img src="https://evil.example/x" onerror="alert(1)"></script><b>{0}`;

async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(join(projectFolder, 'screenshots'), { recursive: true });
  await page.screenshot({ path: join(projectFolder, 'screenshots', `${name}.png`), fullPage: true });
}

describe('the page of the report', () => {
  let browser: Browser;
  let opened: ReportPage;

  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());
  afterEach(() => opened?.close());

  for (const theme of ['dark', 'light', 'contrast'] as const) {
    it(`is accessible and needs no network in the theme ${theme}`, async () => {
      opened = await openReportPage(browser, { theme, shown: small });
      const { page } = opened;
      await page.locator('figure svg').first().waitFor();
      await page.locator('.matrix').focus();
      for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowDown');
      await page.locator('.finding summary').first().click();
      await screenshot(page, `report-${theme}`);
      assert.deepEqual(await seriousViolations(page), []);
      assert.deepEqual(opened.refused, []);
      assert.deepEqual(opened.requests, []);
    });
  }

  it('asks for its report first, and shows nothing that is none', async () => {
    opened = await openReportPage(browser);
    assert.deepEqual(await opened.asked(), [{ type: 'ready' }]);
    await opened.page.evaluate(`window.postMessage({ type: 'show', report: { title: 'none' } })`);
    await opened.show(small);
    assert.equal(await opened.page.locator('h1').textContent(), 'Access report: Contoso');
    assert.match(await opened.page.locator('.cards').innerText(), /People, apps and groups\s+60/);
    assert.match(await opened.page.locator('.coverage').innerText(), /Not complete/);
  });

  it('leads through the matrix by keys, says each cell, and shows it in the tree', async () => {
    opened = await openReportPage(browser, { shown: small });
    const { page } = opened;
    const status = page.locator('.status');
    const matrix = page.getByRole('application');
    await matrix.focus();
    await page.keyboard.press('ArrowDown');
    const first = (await status.textContent()) ?? '';
    assert.match(first, /^(Person|Team) \d+.* · Workspace \d+.*: /);
    for (const key of ['ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
    assert.notEqual(await status.textContent(), first);
    for (const key of ['ArrowLeft', 'ArrowUp']) await page.keyboard.press(key);
    assert.equal(await status.textContent(), first);
    // To a cell with access.
    for (let i = 0; / access known|not known/.test((await status.textContent()) ?? '') && i < 30; i++)
      await page.keyboard.press('ArrowRight');
    const text = (await status.textContent()) ?? '';
    await page.keyboard.press('Enter');
    const asked = await askedFor(opened, 'reveal');
    assert.ok(asked.type === 'reveal' && asked.spot.what === 'cell');
    const { person, group } = asked.spot;
    assert.ok(text.startsWith(small.report.people[person]?.name ?? '-'), text);
    assert.ok(text.includes(`· ${small.report.groups[group]?.name}: `), text);
    const right = small.report.rights.find(({ name }) => text.includes(`: ${name}, `))?.name ?? '-';
    assert.match(
      await page.locator('.why').innerText(),
      new RegExp(` is ${right} of ${small.report.groups[group]?.name}`),
    );
  });

  it('shows a cell in the tree by a click, and a group by its name', async () => {
    opened = await openReportPage(browser, { shown: small });
    const { page } = opened;
    const matrix = page.getByRole('application');
    await matrix.click({ position: { x: 230, y: 160 } });
    const asked = await askedFor(opened, 'reveal');
    assert.ok(asked.type === 'reveal' && asked.spot.what === 'cell');
    const { person, group } = asked.spot;
    await matrix.focus();
    await page.keyboard.press('Home');
    const text = (await page.locator('.status').textContent()) ?? '';
    assert.ok(text.startsWith(small.report.people[person]?.name ?? '-'), text);
    await matrix.click({ position: { x: 230, y: 60 } });
    await until(page, 'the group', async () => {
      const last = (await opened.asked()).at(-1);
      return last?.type === 'reveal' && last.spot.what === 'group' && last.spot.group === group ? true : undefined;
    });
  });

  it('draws shapes for few cells and a canvas for many, and zooms', async () => {
    opened = await openReportPage(browser, { shown: small });
    const { page } = opened;
    await page.locator('.matrix svg').waitFor();
    assert.equal(await page.locator('.matrix canvas').count(), 0);
    await opened.show(large);
    await page.locator('.matrix canvas').waitFor();
    assert.equal(await page.locator('.matrix svg').count(), 0);
    const width = () => page.evaluate<number>(`document.querySelector('.sizer').getBoundingClientRect().width`);
    const before = await width();
    await page.getByRole('button', { name: 'Zoom in' }).click();
    assert.ok((await width()) > before);
    await page.getByRole('button', { name: 'Whole matrix' }).click();
    assert.ok((await width()) <= 1300);
    await screenshot(page, 'report-large');
    assert.deepEqual(opened.refused, []);
  });

  it('filters, tells the same as a table, and keeps what was chosen while it is hidden', async () => {
    opened = await openReportPage(browser, { shown: small });
    const { page } = opened;
    await page.getByRole('searchbox', { name: 'Filter people' }).fill('person 1@ person');
    await page.getByRole('searchbox', { name: 'Filter people' }).fill('person 12');
    await page.getByLabel('Also through groups').uncheck();
    await page.getByText('As a table').click();
    const rows = page.locator('#matrix tbody tr');
    await rows.first().waitFor();
    const person = small.report.people.find(({ name }) => name === 'Person 12');
    assert.equal(await rows.count(), (person?.cells.length ?? 0) / 2);
    await page.getByRole('searchbox', { name: 'Filter people' }).fill('nobody like this');
    await page.getByText('Nobody and nothing matches the filters.').waitFor();
    await page.getByRole('searchbox', { name: 'Filter people' }).fill('team');
    await page.reload();
    await opened.show(small);
    assert.equal(await page.getByRole('searchbox', { name: 'Filter people' }).inputValue(), 'team');
    assert.equal(await page.getByLabel('Also through groups').isChecked(), false);
  });

  it('asks to refresh, to load and to save, and shows findings in the tree', async () => {
    opened = await openReportPage(browser, { shown: small });
    const { page } = opened;
    for (const [name, type] of [
      ['Refresh', 'refresh'],
      ['Save as HTML…', 'save'],
      ['Load What Is Missing', 'load'],
    ] as const) {
      await page.getByRole('button', { name }).click();
      await askedFor(opened, type);
    }
    await page.locator('.finding summary').first().click();
    await page.getByRole('button', { name: 'Workspace 12' }).click();
    assert.deepEqual(await askedFor(opened, 'reveal'), {
      type: 'reveal',
      spot: { what: 'finding', finding: 0, row: 1 },
    });
  });

  it('says what to do where there is nothing', async () => {
    const { report } = small;
    opened = await openReportPage(browser, { shown: { ...small, report: { ...report, people: [], history: [] } } });
    const text = await opened.page.locator('main').innerText();
    assert.match(text, /load the whole tenant first/);
    assert.match(text, /“Take Snapshot…” keeps one/);
    assert.deepEqual(opened.refused, []);
  });

  const named = {
    ...small.report,
    title: hostile,
    people: small.report.people.map((one) => ({ ...one, name: hostile, email: hostile })),
    groups: small.report.groups.map((one) => ({ ...one, name: hostile })),
    findings: small.report.findings.map((one) => ({ ...one, rows: [hostile] })),
    history: small.report.history.map((one) => ({ ...one, name: hostile })),
    rights: small.report.rights.map((one) => ({ ...one, name: hostile })),
    tenants: small.report.tenants.map((one) => ({ ...one, name: hostile })),
  };

  for (const place of ['in VS Code', 'saved'] as const) {
    it(`shows hostile names as they are: ${place}`, async () => {
      const shown = shownOf(named);
      opened =
        place === 'saved'
          ? await openSavedPage(browser, savedHtml(shown, pageFiles()))
          : await openReportPage(browser, { shown });
      const { page } = opened;
      assert.equal(await page.locator('h1').textContent(), `Access report: ${hostile}`);
      await page.locator('figure svg').first().waitFor();
      await page.getByRole('application').focus();
      await page.keyboard.press('ArrowDown');
      await page.locator('figure svg').first().hover();
      await page.getByText('As a table').click();
      await page.locator('#matrix tbody tr').first().waitFor();
      assert.equal(await page.locator('main img, main b, main script').count(), 0);
      assert.deepEqual(opened.refused, []);
      assert.deepEqual(opened.requests, []);
    });
  }

  it('is a whole page when it is saved: it works without VS Code and without a network', async () => {
    opened = await openSavedPage(browser, savedHtml(small, pageFiles()));
    const { page } = opened;
    await page.locator('figure svg').first().waitFor();
    await page.getByRole('application').focus();
    await page.keyboard.press('ArrowDown');
    assert.match((await page.locator('.status').textContent()) ?? '', / · Workspace \d+/);
    assert.match(await page.locator('.coverage').innerText(), /Not complete/);
    await page.getByRole('button', { name: 'Print…' }).waitFor();
    assert.equal(await page.getByRole('button', { name: /Refresh|CSV/ }).count(), 0);
    assert.deepEqual(await seriousViolations(page), []);
    await screenshot(page, 'report-saved');
    await page.emulateMedia({ media: 'print' });
    await screenshot(page, 'report-print');
    assert.deepEqual(opened.refused, []);
    assert.deepEqual(opened.requests, []);
  });
});
