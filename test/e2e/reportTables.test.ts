import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { savedHtml } from '../../src/report/savedHtml.ts';
import { seriousViolations } from '../support/accessibility.ts';
import { launchBrowser } from '../support/chromium.ts';
import { makeReport, shownOf } from '../support/reportData.ts';
import { askedFor, openReportPage, openSavedPage, pageFiles, type ReportPage } from '../support/reportPage.ts';
import { until } from '../support/until.ts';

const small = shownOf(makeReport({ people: 60, groups: 30, grants: 300 }));

describe('the tables of the report, and its print', () => {
  let browser: Browser;
  let opened: ReportPage;

  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());
  afterEach(() => opened?.close());

  it('gives the rows of each of its tables, as they are, to be saved', async () => {
    opened = await openReportPage(browser, { shown: small });
    const { page } = opened;
    await page.getByText('As a table').click();
    const buttons = page.getByRole('button', { name: /^Save as CSV… / });
    for (const name of [
      'Who can access what',
      'Grants by right',
      'Who has access, by kind',
      'What each snapshot changed',
      'What this report covers',
    ]) {
      await page.getByRole('button', { name: `Save as CSV… ${name}` }).click();
      const asked = await askedFor(opened, 'table');
      assert.ok(asked.type === 'table' && asked.isLast && asked.name.startsWith(name), name);
      assert.ok(asked.rows.length > 1, name);
    }
    assert.equal(await buttons.count(), 5);
    await page.getByRole('searchbox', { name: 'Filter people' }).fill('person 12');
    await page.getByRole('button', { name: 'Save as CSV… Who can access what' }).click();
    const filtered = await until(page, 'the filtered table', async () => {
      const last = (await opened.asked()).at(-1);
      return last?.type === 'table' && last.name === 'Who can access what' ? last : undefined;
    });
    const [titles, ...rows] = filtered.rows;
    assert.deepEqual(titles, ['Who', 'Kind', 'Group', 'Right', 'Way']);
    const shown = await page.locator('#matrix tbody tr').allInnerTexts();
    assert.deepEqual(
      rows.map((row) => row.join('\t')),
      shown,
    );
    assert.deepEqual(await seriousViolations(page), []);
  });

  it('gives a large table in pieces', async () => {
    opened = await openReportPage(browser, { shown: shownOf(makeReport({ people: 200, groups: 40, grants: 1500 })) });
    const { page } = opened;
    await page.getByText('As a table').click();
    await page.getByRole('button', { name: 'Save as CSV… Who can access what' }).click();
    await askedFor(opened, 'table');
    const pieces = (await opened.asked()).filter((one) => one.type === 'table');
    assert.ok(pieces.length > 2);
    assert.deepEqual(
      pieces.map(({ isLast }) => isLast),
      pieces.map((_, at) => at === pieces.length - 1),
    );
    assert.ok(pieces.every(({ rows }) => rows.length <= 500));
  });

  it('is drawn for paper as it is on the page now, and not as it was before a refresh, too', async () => {
    opened = await openReportPage(browser, { shown: small });
    const { page } = opened;
    // What a matrix is drawn on is made anew for paper.
    const isDrawnAnew = (name: string) =>
      page.evaluate<boolean>(`window.${name}.sheet !== window.${name}.holder.firstChild`);
    const keep = async (name: string) => {
      // It is drawn first a moment after it is there, and has its label then.
      await page.locator('.matrix[aria-label]').waitFor();
      await page.evaluate(`{
        const holder = document.querySelector('.matrix .holder');
        window.${name} = { holder, sheet: holder.firstChild };
      }`);
    };
    await keep('before');
    await opened.show({ ...small, report: { ...small.report, title: 'Anew' } });
    await page.getByRole('heading', { name: 'Access report: Anew' }).waitFor();
    await keep('now');
    await page.emulateMedia({ media: 'print' });
    await until(page, 'the matrix on paper', async () => ((await isDrawnAnew('now')) ? true : undefined));
    assert.equal(await isDrawnAnew('before'), false);
  });

  it('is printed light, whole and without its buttons, also from a dark browser', async () => {
    opened = await openSavedPage(browser, savedHtml(small, pageFiles()));
    const { page } = opened;
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('body.vscode-dark figure svg').first().waitFor();
    await page.evaluate('window.print = () => { window.isPrinted = true; }');
    await page.getByText('As a table').click();
    await page.getByRole('button', { name: 'Print…' }).click();
    assert.equal(await page.evaluate('window.isPrinted'), true);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.locator('body:not(.vscode-dark)').waitFor();
    const colors = await page.evaluate<string[]>(
      '[getComputedStyle(document.body).color, getComputedStyle(document.querySelector("figure svg text")).fill]',
    );
    assert.deepEqual(colors, ['rgb(31, 31, 31)', 'rgb(31, 31, 31)']);
    // That there are more rows is no button on paper, but is to be told.
    assert.deepEqual(
      (await page.locator('button:visible').allInnerTexts()).filter((text) => !/^\d+ more$/.test(text)),
      [],
    );
    const cut = await page.evaluate<string[]>(
      `[...document.querySelectorAll('.table')].filter((one) => one.scrollHeight > one.clientHeight + 1).map((one) => one.ariaLabel)`,
    );
    assert.deepEqual(cut, []);
    assert.match((await page.pdf()).subarray(0, 5).toString(), /^%PDF-/);
    assert.deepEqual(opened.refused, []);
  });
});
