import type { Way } from '../../core/access/result.ts';
import { rightsOf } from '../../core/access/ways.ts';
import { safeText } from '../../core/text/text.ts';
import type { Words } from '../words.ts';

/** How somebody gets in: "direct", or through which groups. */
export function pathWords({ t }: Words, { path }: Way): string {
  return path.length === 0 ? t('direct') : t('via {0}', path.map(safeText).join(' → '));
}

/** The rights that ways give; empty where the service has none. */
export function rightWords(ways: readonly Way[]): string {
  return rightsOf(ways).map(safeText).join(', ');
}

/** The right, then the shortest way and how many more there are. */
export function waysWords(words: Words, ways: readonly Way[]): readonly string[] {
  const { t, number } = words;
  const [first, ...others] = ways;
  if (!first) return [];
  const more = others.length === 1 ? t('1 more way') : t('{0} more ways', number(others.length));
  return [rightWords(ways), pathWords(words, first), ...(others.length === 0 ? [] : [more])];
}
