import type { Matrix } from '../matrix/selection.ts';
import { waysInto } from '../matrix/ways.ts';
import { fill, type PageContext, reveal } from './context.ts';
import { button, el } from './dom.ts';
import { groupName, personName, rightWord } from './words.ts';

export interface Why {
  readonly element: HTMLElement;
  show(person: number, group: number): void;
  clear(): void;
}

/** Every way by which somebody has access to a group, as a strip and as a sentence. */
export function createWhy(context: PageContext, matrix: Matrix): Why {
  const { texts, report, ask } = context;
  const element = el('div', { class: 'why' });
  const clear = () => element.replaceChildren(el('p', { class: 'hint' }, texts.whyHint));
  clear();

  function strip(person: number, groups: readonly number[], right: number): HTMLElement {
    const names = [personName(context, person), ...groups.map((group) => groupName(context, group))];
    const target = names.at(-1) ?? '';
    const passed = names.slice(1, -1);
    const sentence =
      passed.length === 0
        ? fill(texts.whyDirect, names[0] ?? '', rightWord(context, right), target)
        : fill(texts.whySentence, names[0] ?? '', rightWord(context, right), target, passed.join(' → '));
    const steps = names.map((name, index) =>
      el('span', { class: index === 0 ? 'step who' : index === names.length - 1 ? 'step target' : 'step' }, name),
    );
    const parts = steps.flatMap((step, index) => (index === 0 ? [step] : [el('span', { class: 'arrow' }, '→'), step]));
    return el(
      'li',
      {},
      // The sentence says the same.
      el(
        'div',
        { class: 'strip', 'aria-hidden': 'true' },
        ...parts,
        el('span', { class: 'right' }, rightWord(context, right)),
      ),
      el('p', {}, sentence),
    );
  }

  return {
    element,
    clear,
    show: (person, group) => {
      const ways = waysInto(report, matrix.outer, person, group);
      const names = [personName(context, person), groupName(context, group)];
      element.replaceChildren(
        el('h3', {}, fill(ways.length === 0 ? texts.whyNot : texts.why, ...names)),
        ways.length === 0
          ? el('p', {}, matrix.isKnown(group) ? texts.noAccess : texts.mayHave)
          : el('ol', {}, ...ways.map((way) => strip(person, way.groups, way.right))),
        ...(ask ? [button(texts.showInTenants, () => reveal(context, { what: 'cell', person, group }))] : []),
      );
    },
  };
}
