import { bars } from './charts.ts';
import type { PageContext } from './context.ts';
import { el, section } from './dom.ts';

/** What snapshots tell: who gained and lost access from one to the next. */
export function historySection(context: PageContext): HTMLElement {
  const { report, texts, number } = context;
  const { history, tenants } = report;
  if (history.length === 0) return section('history', texts.history, el('p', { class: 'hint' }, texts.historyHint));
  const isOfMany = tenants.length > 1;
  const when = history.map(({ at, tenant }) => (isOfMany ? `${at}\n${tenants[tenant]?.name ?? ''}` : at));
  const sum = (of: 'gained' | 'lost' | 'changed') => number(history.reduce((total, one) => total + one[of], 0));
  const chart = bars(context, texts.historyLabel, {
    label: `${texts.historyLabel}. ${texts.gained}: ${sum('gained')}; ${texts.lost}: ${sum('lost')}; ${texts.changed}: ${sum('changed')}`,
    categories: when,
    isUpright: true,
    series: [
      {
        name: texts.gained,
        legend: true,
        values: history.map(({ gained }) => gained),
        colors: (theme) => theme.gained,
      },
      {
        name: texts.changed,
        legend: true,
        values: history.map(({ changed }) => changed),
        colors: (theme) => theme.changed,
      },
      // Below the line.
      { name: texts.lost, legend: true, values: history.map(({ lost }) => -lost), colors: (theme) => theme.lost },
    ],
    columns: [
      { title: texts.when },
      ...(isOfMany ? [{ title: texts.tenant }] : []),
      { title: texts.snapshot },
      ...[texts.gained, texts.lost, texts.changed, texts.memberships, texts.gaps].map((title) => ({
        title,
        isNumber: true,
      })),
    ],
    rows: history.map(({ at, tenant, name, gained, lost, changed, memberships, gaps }) => [
      at,
      ...(isOfMany ? [tenants[tenant]?.name ?? ''] : []),
      name,
      ...[gained, lost, changed, memberships, gaps].map(number),
    ]),
  });
  return section('history', texts.history, chart);
}
