import { guidOf } from '../guid.ts';

/** Somebody who works in one or more of the sample tenants. */
export interface Person {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly displayName: string;
  readonly email: string;
}

/** A person's given name, family name, mailbox, and the whole name where it is not just the two in this order. */
export type PersonEntry = readonly [givenName: string, familyName: string, mailbox: string, displayName?: string];

/** Turns a table of names into people of one company, keeping the keys. */
export function peopleOf<K extends string>(domain: string, entries: Record<K, PersonEntry>): Record<K, Person> {
  const people = Object.entries<PersonEntry>(entries).map(([key, entry]) => [key, personOf(domain, entry)]);
  return Object.fromEntries(people) as Record<K, Person>;
}

function personOf(domain: string, [givenName, familyName, mailbox, displayName]: PersonEntry): Person {
  const email = `${mailbox}@${domain}`;
  return {
    id: guidOf(`person/${email}`),
    givenName,
    familyName,
    displayName: displayName ?? `${givenName} ${familyName}`,
    email,
  };
}
