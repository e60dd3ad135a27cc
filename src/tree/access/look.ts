import type { Look } from '../row.ts';

/** A look that is said as it is read. */
export function plainLook(
  label: string,
  description: string,
  icon: string | undefined,
  context: string,
  more: Pick<Look, 'color' | 'click'> = {},
): Look {
  const spoken = [label, description].filter((text) => text !== '').join(', ');
  return { label, description, context, spoken, ...(icon === undefined ? {} : { icon }), ...more };
}
