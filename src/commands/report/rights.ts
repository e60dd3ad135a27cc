import { isAdminRight } from '../../core/access/ways.ts';
import type { AccessModel } from '../../core/findings/findings.ts';
import type { RightLevel } from '../../core/report/report.ts';

export interface Right {
  readonly name: string;
  readonly level: RightLevel;
}

const levels: readonly RightLevel[] = ['admin', 'edit', 'other', 'unknown', 'member'];

/** What a right of a service allows; of one that nobody describes its name tells whether it administers. */
export function rightOf(name: string | undefined, model: AccessModel = {}): Right {
  if (name === undefined || name === '') return { name: '', level: 'member' };
  const { rights } = model;
  if (!rights) return { name, level: isAdminRight(name) ? 'admin' : 'unknown' };
  if (rights.admin.includes(name)) return { name, level: 'admin' };
  if (rights.edit.includes(name)) return { name, level: 'edit' };
  return { name, level: rights.other.includes(name) ? 'other' : 'unknown' };
}

/** Puts the stronger first; in a level those of a model as it has them. */
export function strongerFirst(models: readonly AccessModel[]): (one: Right, other: Right) => number {
  const named = models.flatMap(({ rights }) => (rights ? [...rights.admin, ...rights.edit, ...rights.other] : []));
  const place = ({ name }: Right) => (named.includes(name) ? named.indexOf(name) : named.length);
  return (one, other) =>
    levels.indexOf(one.level) - levels.indexOf(other.level) ||
    place(one) - place(other) ||
    (one.name < other.name ? -1 : one.name > other.name ? 1 : 0);
}
