import { safeText } from '../../core/text/text.ts';
import type { Look } from '../row.ts';
import type { Words } from '../words.ts';

/** The row that says that not all is shown; a click shows all again. @param matches nothing while they are counted; of: what there is without the filter */
export function filterLook({ t, number }: Words, name: string, matches: number | undefined, of: string): Look {
  const label = t('Filter: “{0}”', safeText(name));
  const description = matches === undefined ? t('counting…') : t('{0} of {1}', number(matches), of);
  return {
    label,
    description,
    icon: 'filter-filled',
    context: 'note filter',
    spoken: `${label}, ${description}`,
    click: { command: 'tenantExplorer.clearFilter', title: t('Clear Filter') },
  };
}
