import type { Group } from '../core/model.ts';

/** A group's id as its service knows it: our own may carry `~2`. */
export function serviceIdOf(group: Group): string {
  return typeof group.details.id === 'string' ? group.details.id : group.id;
}
