import type { SnapshotComparison } from '../core/savedSnapshots.ts';
import type { Translate } from '../core/text/translate.ts';

/** What is compared, what is not known, and what no comparison covers. */
export function changesSummary(t: Translate, { tenant, before, after, gaps }: SnapshotComparison): string {
  return [
    t(
      'Changes of access in {0} from “{1}” ({2}) to “{3}” ({4}).',
      tenant,
      before.label,
      before.at,
      after.label,
      after.at,
    ),
    gaps.length === 0
      ? t('Every list was complete in both.')
      : gaps.length === 1
        ? t('One list was incomplete in one of the two: who is missing in it is not told as a change.')
        : t(
            '{0} lists were incomplete in one of the two: who is missing in them is not told as a change.',
            gaps.length,
          ),
    t(
      'Workspace roles and group memberships are not all access: items that were shared one by one, audiences of apps and roles on folders are not in it.',
    ),
  ].join(' ');
}
