/** A letter for each right, so that none is told by colour alone; none twice. */
export function lettersOf(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    // Groups without rights: their members have all the same.
    const own = name === '' ? ['●'] : [...name.toUpperCase()].filter((letter) => /[\p{L}\p{N}]/u.test(letter));
    const free = [...own, ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ123456789'].find((letter) => !taken.has(letter)) ?? '?';
    taken.add(free);
    return free;
  });
}
