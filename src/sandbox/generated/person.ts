import { indexedGuid, scramble } from '../guid.ts';

const GIVEN_NAMES = [
  'Ada',
  'Bo',
  'Chidi',
  'Dilşad',
  'Élodie',
  'Fatma',
  'Göran',
  'Hana',
  'Иван',
  'José',
  '健太',
  'لينا',
];
const FAMILY_NAMES = ['Almeida', 'Bauer', 'Çelik', 'Dubois', 'Eze', 'Fischer', 'García', '橋本', 'Иванова', 'Jansson'];

/** A person who exists as a number. */
export interface GeneratedPerson {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly displayName: string;
  readonly email: string;
}

/** The person with a number; the e-mail address holds the number, so that each is found by it. */
export function generatedPerson(seed: number, index: number): GeneratedPerson {
  const bits = scramble(seed, index);
  const givenName = GIVEN_NAMES[bits % GIVEN_NAMES.length] ?? '';
  const familyName = FAMILY_NAMES[(bits >>> 8) % FAMILY_NAMES.length] ?? '';
  return {
    id: personId(seed, index),
    givenName,
    familyName,
    displayName: `${givenName} ${familyName} ${index + 1}`,
    email: `person${index + 1}@generated.example`,
  };
}

/** The id of the person with a number. */
export function personId(seed: number, index: number): string {
  return indexedGuid(seed * 2 + 1, index);
}

/** The number space of group ids, apart from that of people. */
export function groupSpace(seed: number): number {
  return seed * 2;
}
