import type { Look } from '../row.ts';

/** A look that is said as it is read, with what only the icon shows. */
export function plainLook(
  label: string,
  description: string,
  icon: string | undefined,
  context: string,
  { kind = '', ...more }: Pick<Look, 'color' | 'click'> & { readonly kind?: string } = {},
): Look {
  const spoken = [label, kind, description].filter((text) => text !== '').join(', ');
  return { label, description, context, spoken, ...(icon === undefined ? {} : { icon }), ...more };
}
