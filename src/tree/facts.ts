import type { Completeness, Details } from '../core/model.ts';
import { safeText } from '../core/text/text.ts';
import { tellReason } from '../platform/tellReason.ts';
import { listingState } from './descriptions.ts';
import type { Fact } from './row.ts';
import type { Words } from './words.ts';

const maxFacts = 60;
const maxLength = 300;

/** Fields that facts are made of; equal values elsewhere are a coincidence. */
const toldFields = new Set([
  'id',
  'name',
  'displayName',
  'emailAddress',
  'email',
  'identifier',
  'groupUserAccessRight',
  'source',
]);

/**
 * Facts, and below them the fields of any depth as lines (`profile.displayName: …`), without those that a fact tells
 * already. Empty ones are left out; there is an end to both length and number.
 */
export function withDetails(facts: readonly Fact[], details: Details): readonly Fact[] {
  const fields: Fact[] = [];
  collect(details, '', fields);
  const said = new Set(facts.map(({ value }) => value));
  return [...facts, ...fields.filter(({ label, value }) => !toldFields.has(label) || !said.has(value))];
}

/** How complete a listing is, and of when. */
export function listingFacts(words: Words, listing: Completeness): readonly Fact[] {
  const { t, number, age, time } = words;
  const { state, count, reason, asOf } = listing;
  return [
    fact(t('State'), stateWord(words, listing)),
    ...(count === undefined || state === 'notLoaded' ? [] : [fact(t('Rows'), number(count))]),
    ...(asOf === undefined ? [] : [fact(t('As of'), `${time(asOf)} (${age(asOf)})`)]),
    ...(reason === undefined ? [] : [fact(t('Reason'), tellReason(t, reason))]),
  ];
}

/** How complete a listing is, in a word or two. */
export function stateWord(words: Words, listing: Completeness): string {
  const { t } = words;
  return listing.state === 'complete' ? t('complete') : (listingState(words, listing) ?? t('not loaded'));
}

/** A line with its value made safe to show. */
export function fact(label: string, value: string): Fact {
  const text = safeText(value);
  return {
    label: safeText(label),
    value: text.length > maxLength ? `${text.slice(0, maxLength).toWellFormed()}…` : text,
  };
}

function collect(value: unknown, path: string, facts: Fact[], depth = 0): void {
  if (value === undefined || value === null || value === '' || facts.length >= maxFacts) return;
  if (typeof value !== 'object') {
    facts.push(fact(path, String(value)));
    return;
  }
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) {
    if (value.length > 0) facts.push(fact(path, value.join(', ')));
    return;
  }
  if (depth >= 5) return;
  for (const [key, inner] of Object.entries(value))
    collect(inner, path === '' ? key : `${path}.${key}`, facts, depth + 1);
}
