import { fact } from '../facts.ts';
import type { Fact } from '../row.ts';
import { type Explaining, explainListing, type Told } from './messages.ts';

export function messageFacts(context: Explaining, listing: Told): readonly Fact[] {
  const { t } = context.words;
  const { what, advice } = explainListing(context, listing);
  return [
    fact(t('What happened'), what),
    fact(t('What to do'), advice),
    ...(listing.reason === undefined ? [] : [fact(t('Details'), listing.reason)]),
  ];
}
