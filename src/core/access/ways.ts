import type { AccessModel } from '../findings/findings.ts';
import type { Way } from './result.ts';

/** Orders ways: the direct one first. */
export function shorterFirst(one: Way, other: Way): number {
  return one.path.length - other.path.length;
}

/** The rights that ways give, each once, as they come. */
export function rightsOf(ways: readonly Way[]): readonly string[] {
  return [...new Set(ways.flatMap(({ right }) => (right === undefined ? [] : [right])))];
}

/** Whether a right lets its holder give access to others, by what the provider with that id says of its rights. */
export type IsAdminRight = (provider: string, right: string) => boolean;

/** By what providers say of their rights; a right that nobody describes by its name. */
export function adminRights(modelOf: (provider: string) => AccessModel | undefined): IsAdminRight {
  return (provider, right) => modelOf(provider)?.rights?.admin.includes(right) ?? isAdminRight(right);
}

/** Of a right that no provider describes: whether its name says so. */
export function isAdminRight(right: string): boolean {
  return /^(admin|owner)/i.test(right);
}
