import type { ReportFinding } from '../../core/report/report.ts';
import { fill, type PageContext, reveal } from './context.ts';
import { button, el, section } from './dom.ts';

/** What is wrong with access, the gravest first. */
export function findingsSection(context: PageContext): HTMLElement {
  const { report, texts } = context;
  const found = report.findings.filter(({ count }) => count > 0);
  const clear = report.findings.filter(({ count }) => count === 0).map(({ title }) => title);
  return section(
    'findings',
    texts.findings,
    found.length === 0
      ? el('p', {}, texts.noFindings)
      : el('div', { class: 'findings' }, ...found.map((one) => finding(context, one))),
    ...(clear.length === 0 ? [] : [el('p', { class: 'hint' }, fill(texts.checks, clear.join(', ')))]),
  );
}

function finding(context: PageContext, one: ReportFinding): HTMLElement {
  const { texts, number, report } = context;
  const { severity, title, why, advice, count, rows } = one;
  const place = report.findings.indexOf(one);
  const shown = rows.map((text, row) =>
    el(
      'li',
      {},
      context.ask
        ? button(text, () => reveal(context, { what: 'finding', finding: place, row }), { class: 'link' })
        : text,
    ),
  );
  return el(
    'details',
    { class: `finding ${severity}` },
    el(
      'summary',
      {},
      el('span', { class: `severity ${severity}` }, texts[severity]),
      el('span', { class: 'count' }, number(count)),
      el('span', { class: 'title' }, title),
    ),
    el('p', {}, why),
    el('p', {}, el('strong', {}, `${texts.whatToDo}: `), advice),
    el('ul', {}, ...shown),
    ...(rows.length < count
      ? [el('p', { class: 'hint' }, fill(texts.firstFindings, number(rows.length), number(count)))]
      : []),
  );
}
