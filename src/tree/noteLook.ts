import type { Look } from './row.ts';

/** How a row looks that tells something about others. It stands for nothing itself, so menus offer nothing for it. */
export function noteLook(label: string, icon?: string, description?: string): Look {
  return {
    label,
    ...(icon === undefined ? {} : { icon }),
    ...(description === undefined ? {} : { description }),
    context: 'note',
    spoken: description === undefined ? label : `${label}, ${description}`,
  };
}
