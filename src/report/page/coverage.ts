import { fill, type PageContext } from './context.ts';
import { withCsv } from './csvButton.ts';
import { button, el, section, table } from './dom.ts';
import { stateWord } from './words.ts';

/** Whether all is known: said before any number. */
export function coverageNote({ report, texts, ask }: PageContext): HTMLElement {
  const { isComplete, summary } = report.coverage;
  // What another tenant would have to tell is not to be had by loading these.
  const isLoadable = report.tenants.some((one) => one.groupsState !== 'complete' || one.complete < one.groups);
  const load = ask && isLoadable ? [button(texts.load, () => ask({ type: 'load' }))] : [];
  return el(
    'div',
    { class: isComplete ? 'coverage whole' : 'coverage', role: 'note' },
    el('p', {}, el('strong', {}, isComplete ? texts.complete : texts.incomplete)),
    el('p', {}, summary),
    ...load,
  );
}

/** The same, tenant by tenant. */
export function coverageSection(context: PageContext): HTMLElement {
  const { report, texts, number } = context;
  const columns = [texts.tenant, texts.groupList, texts.knownMembers, texts.asOf].map((title) => ({ title }));
  const rows = report.tenants.map((one) => [
    `${one.name} (${one.provider})`,
    stateWord(context, one.groupsState),
    fill(texts.countOf, number(one.complete), number(one.groups)),
    one.asOf,
  ]);
  const data = withCsv(context, texts.covers, columns, rows, table(texts.covers, columns, rows));
  return section('coverage', texts.covers, data, el('p', {}, report.coverage.summary));
}
