import type { Way } from './result.ts';

/** Orders ways: the direct one first. */
export function shorterFirst(one: Way, other: Way): number {
  return one.path.length - other.path.length;
}

/** The rights that ways give, each once, as they come. */
export function rightsOf(ways: readonly Way[]): readonly string[] {
  return [...new Set(ways.flatMap(({ right }) => (right === undefined ? [] : [right])))];
}

/** Rights that let their holder give access to others. */
export function isAdminRight(right: string): boolean {
  return /^(admin|owner)/i.test(right);
}
