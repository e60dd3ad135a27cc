import type { Matrix } from '../matrix/selection.ts';
import type { PageContext } from './context.ts';
import { el } from './dom.ts';
import type { Theme } from './theme.ts';
import { rightWord } from './words.ts';

/** What the letters and colours of the matrix mean. */
export function createLegend(context: PageContext, matrix: Matrix, letters: readonly string[], theme: Theme) {
  const { report, texts } = context;
  const marks = report.rights.map((_, right) =>
    el('span', { class: 'mark', 'aria-hidden': 'true' }, letters[right] ?? ''),
  );
  const setTheme = (next: Theme) => {
    for (const [right, mark] of marks.entries()) {
      mark.style.backgroundColor = next.rights[right] ?? '';
      mark.style.color = next.onRights[right] ?? '';
    }
  };
  setTheme(theme);
  const hasNested = report.people.some(({ is }) => is);
  const hasUnknown = report.groups.some((_, group) => !matrix.isKnown(group));
  const element = el(
    'ul',
    { class: 'legend' },
    ...marks.map((mark, right) => el('li', {}, mark, ` ${rightWord(context, right)}`)),
    ...(hasNested ? [el('li', {}, texts.legendDirect)] : []),
    ...(hasUnknown ? [el('li', {}, texts.legendUnknown)] : []),
  );
  return { element, setTheme };
}
