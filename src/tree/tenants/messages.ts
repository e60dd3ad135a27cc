import { safeText } from '../../core/text/text.ts';
import { tellReason } from '../../platform/tellReason.ts';
import type { Look } from '../row.ts';
import type { Told } from './told.ts';
import type { TreeContext } from './treeContext.ts';

export type Explaining = Pick<TreeContext, 'words' | 'explain'>;

/** The row that says what happened to a listing and what to do; a click signs in, or retries. */
export function messageLook(context: Explaining, listing: Told): Look {
  const { t } = context.words;
  const { advice } = explainListing(context, listing);
  const label = messageLabel(context, listing);
  const reason = listing.reason === undefined ? undefined : safeText(tellReason(t, listing.reason));
  const needsSignIn = listing.kind === 'notSignedIn';
  const isError = listing.state === 'failed' || listing.state === 'denied';
  return {
    label,
    description: reason === undefined ? advice : `${advice} · ${reason}`,
    icon: isError ? 'error' : 'warning',
    color: isError ? 'list.errorForeground' : 'list.warningForeground',
    context: needsSignIn ? 'note signIn retry' : 'note retry',
    spoken: `${label}. ${advice}${reason === undefined ? '' : ` ${reason}`}`,
    click: needsSignIn
      ? { command: 'tenantExplorer.signIn', title: t('Sign In') }
      : { command: 'tenantExplorer.retry', title: t('Retry') },
  };
}

function messageLabel(context: Explaining, listing: Told): string {
  const { t, time } = context.words;
  const { what } = explainListing(context, listing);
  if (listing.retryAt !== undefined && (listing.state === 'throttled' || listing.kind === 'throttled')) {
    const until = t('The service asks to wait until {0}', time(listing.retryAt));
    return listing.state === 'partial' ? t('Incomplete. {0}', until) : until;
  }
  return listing.state === 'partial' ? t('Incomplete. {0}', what) : what;
}

/** A kind says more than a state; a registered provider may leave it out. */
export function explainListing(
  { explain }: Explaining,
  { state, kind, storeFault }: Told,
): { readonly what: string; readonly advice: string } {
  if (kind !== undefined) return explain({ kind, storeFault });
  if (state === 'denied') return explain({ kind: 'forbidden' });
  return explain({ kind: state === 'throttled' ? 'throttled' : 'badResponse' });
}
