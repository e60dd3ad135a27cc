import { tellReason } from '../../platform/tellReason.ts';
import { fact } from '../facts.ts';
import type { Fact } from '../row.ts';
import { type Explaining, explainListing } from './messages.ts';
import type { Told } from './told.ts';

export function messageFacts(context: Explaining, listing: Told): readonly Fact[] {
  const { t } = context.words;
  const { what, advice } = explainListing(context, listing);
  return [
    fact(t('What happened'), what),
    fact(t('What to do'), advice),
    ...(listing.reason === undefined ? [] : [fact(t('Details'), tellReason(t, listing.reason))]),
  ];
}
