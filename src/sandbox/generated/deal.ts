/** Who is in which group, for any number of groups, without a table. */
export interface Deal {
  peopleIn(group: number): number[];
  groupsOf(person: number): number[];
}

/**
 * Deals places in groups to people like cards, one after the other and round again. So nobody is in a group twice
 * (as long as there are at least as many people as places in a group), and both questions are answered by arithmetic.
 */
export function dealPlaces(groups: number, membersPerGroup: number, people: number): Deal {
  const places = groups * membersPerGroup;
  return {
    peopleIn: (group) =>
      Array.from({ length: membersPerGroup }, (_, seat) => (group * membersPerGroup + seat) % people),
    groupsOf: (person) => {
      const count = Math.max(0, Math.ceil((places - person) / people));
      return Array.from({ length: count }, (_, round) => Math.floor((person + round * people) / membersPerGroup));
    },
  };
}
