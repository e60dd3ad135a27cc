import { type AccessModel, applies, type FindingCoverage, type FindingId } from '../../core/findings/findings.ts';
import { safeText } from '../../core/text/text.ts';
import type { Words } from '../words.ts';

/** Tenants that are named above the rows; of the others only the number is told. */
const mostNamed = 2;

/** What the view says above its rows: for how much of the tenants the findings hold. */
export function coverageMessage(words: Words, coverage: readonly FindingCoverage[]): string {
  const { t, number } = words;
  if (coverage.length === 0) return t('There is no tenant yet. Add one in the view “Tenants”.');
  const gaps = coverage.filter((one) => !isWhole(one));
  if (gaps.length === 0) {
    const groups = coverage.reduce((sum, one) => sum + one.groups, 0);
    if (groups === 1) return t('The only group was looked at.');
    return coverage.length === 1
      ? t('All {0} groups were looked at.', number(groups))
      : t('All {0} groups of {1} tenants were looked at.', number(groups), number(coverage.length));
  }
  const named = gaps.slice(0, mostNamed).map((one) => `${safeText(one.name)} (${extent(words, one)})`);
  const others = gaps.length - named.length;
  const names = others > 0 ? t('{0} and {1} more', named.join(', '), number(others)) : named.join(', ');
  return t('Not known completely: {0}. Load the whole tenant to have all findings.', names);
}

/** How much of a tenant was looked at. */
export function extent(words: Words, { groups, looked, state }: FindingCoverage): string {
  const { t } = words;
  if (state === 'notLoaded' && groups === 0) return t('nothing loaded yet');
  const counted = lookedAt(words, looked, groups);
  return state === 'complete' ? counted : t('{0}, and there may be more groups', counted);
}

export function lookedAt({ t, number }: Words, looked: number, groups: number): string {
  return groups === 1
    ? t('{0} of 1 group looked at', number(looked))
    : t('{0} of {1} groups looked at', number(looked), number(groups));
}

/** The same for one finding: it may not apply to a service at all. */
export function extentOf(
  words: Words,
  finding: FindingId,
  access: Readonly<Record<string, AccessModel>>,
  one: FindingCoverage,
): string {
  return applies(finding, access[one.provider]) ? extent(words, one) : words.t('does not apply to this service');
}

export function isWhole({ groups, looked, state }: FindingCoverage): boolean {
  return state === 'complete' && looked === groups;
}
