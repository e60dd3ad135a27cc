import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { pageHtml } from '../../../src/report/pageHtml.ts';
import { parseFromPage, parseShown, parseToPage } from '../../../src/report/protocol.ts';
import { savedHtml } from '../../../src/report/savedHtml.ts';
import { makeReport, shownOf } from '../../support/reportData.ts';

const hostile = `</script><script>alert(1)</script><!--<img src=x onerror=alert(2)>"'&\u2028`;
const report = makeReport({ people: 5, groups: 4, grants: 10 });
const files = { script: `const end = '</script>', open = '<!--<script>';`, style: 'body{color:red}' };

describe('a saved report', () => {
  const shown = shownOf({ ...report, title: hostile, people: report.people.map((one) => ({ ...one, name: hostile })) });
  const html = savedHtml(shown, files);

  it('holds the data as text that ends no element', () => {
    const [, data = ''] = /<script id="data" type="application\/json">(.*?)<\/script>/s.exec(html) ?? [];
    assert.deepEqual(parseShown(JSON.parse(data)), shown);
    assert.equal(html.match(/<\/script>/g)?.length, 2);
    assert.ok(!html.includes('alert(1)</script>'));
    assert.doesNotMatch(html, /<img/);
  });

  it('allows its own script and style only', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
    assert.match(policy, /^default-src 'none'; /);
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const [, script = ''] = /<script>(.*?)<\/script>/s.exec(html) ?? [];
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(html) ?? [];
    assert.ok(policy.includes(`script-src ${hash(script)};`), policy);
    assert.ok(policy.includes(`style-src ${hash(style)};`), policy);
    assert.doesNotMatch(policy, /unsafe|https?:|\*/);
    assert.doesNotMatch(html, /<(?:link|img|iframe|object|script src)\b/);
  });
});

describe('the page of a report', () => {
  it('escapes what it is given, and allows nothing but its parts', () => {
    const parts = { script: 's.js', style: 's.css', cspSource: 'https://x.example', nonce: 'abc', language: 'en' };
    const html = pageHtml({ ...parts, title: hostile });
    assert.ok(
      html.includes(
        'content="default-src &#39;none&#39;; script-src &#39;nonce-abc&#39;; style-src https://x.example;',
      ),
    );
    assert.equal(html.match(/<script/g)?.length, 1);
    assert.doesNotMatch(html, /unsafe/);
  });

  it('may say a few things only', () => {
    for (const good of [
      { type: 'ready' },
      { type: 'reveal', spot: { what: 'cell', person: 0, group: 3 } },
      { type: 'reveal', spot: { what: 'finding', finding: 1, row: 0 } },
      { type: 'table', name: 'Rights', rows: [['a', 'b'], []], isLast: true },
    ])
      assert.deepEqual(parseFromPage(good), good);
    for (const bad of [
      undefined,
      'ready',
      { type: 'run', command: 'x' },
      { type: 'ready', command: 'x' },
      { type: 'reveal' },
      { type: 'reveal', spot: { what: 'cell', person: -1, group: 0 } },
      { type: 'reveal', spot: { what: 'cell', person: 0.5, group: 0 } },
      { type: 'reveal', spot: { what: 'group', group: 0, tenantId: 'x' } },
      { type: 'table', name: 'x', rows: [[1]], isLast: true },
      { type: 'table', name: 'x', rows: ['a'], isLast: true },
      { type: 'table', name: 'x', rows: [], isLast: true, path: '/etc/x' },
    ])
      assert.equal(parseFromPage(bad), undefined, JSON.stringify(bad));
  });

  it('takes a report for one, and nothing else', () => {
    assert.deepEqual(parseShown(shownOf(report)), shownOf(report));
    assert.equal(parseShown({ type: 'show' }), undefined);
    const told = { type: 'show', key: '["a"]', ...shownOf(report) };
    assert.deepEqual(parseToPage(told), told);
    assert.equal(parseToPage({ ...told, type: 'other' }), undefined);
    assert.equal(parseToPage({ ...told, key: undefined }), undefined);
    assert.equal(Object.hasOwn(parseShown(told) ?? {}, 'key'), false, 'a saved page names no tenant by its id');
    assert.equal(parseShown({ ...shownOf(report), report: { ...report, people: [{ name: 1 }] } }), undefined);
  });
});
