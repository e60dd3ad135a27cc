import type { ListingState } from '../../core/model.ts';
import type { Cell } from '../matrix/selection.ts';
import type { PageContext } from './context.ts';

/** A right as the service names it; of groups without rights, being in one. */
export function rightWord({ report, texts }: PageContext, right: number): string {
  return report.rights[right]?.name || texts.noRight;
}

export function kindWord({ texts }: PageContext, kind: string): string {
  const words: Readonly<Record<string, string>> = {
    user: texts.kindUser,
    guest: texts.kindGuest,
    group: texts.kindGroup,
    app: texts.kindApp,
    robot: texts.kindRobot,
    everyone: texts.kindEveryone,
    unknown: texts.kindUnknown,
  };
  // What a service adds is named as it is.
  return Object.hasOwn(words, kind) ? (words[kind] ?? kind) : kind;
}

export function stateWord({ texts }: PageContext, state: ListingState): string {
  const words: Readonly<Record<ListingState, string>> = {
    notLoaded: texts.notLoaded,
    loading: texts.loading,
    complete: texts.stateComplete,
    partial: texts.partial,
    denied: texts.denied,
    throttled: texts.throttled,
    failed: texts.failed,
  };
  return words[state];
}

export function groupName({ report }: PageContext, group: number): string {
  const known = report.groups[group];
  const tenant = report.tenants[known?.tenant ?? -1];
  return report.tenants.length > 1 && tenant ? `${known?.name} (${tenant.name})` : (known?.name ?? '');
}

export function personName({ report }: PageContext, person: number): string {
  const { name = '', email = '' } = report.people[person] ?? {};
  return email === '' || email === name ? name : `${name} (${email})`;
}

/** A cell in words: what is not known is never called "no". */
export function cellWords(
  context: PageContext,
  person: number,
  group: number,
  { cell, isKnown }: { readonly cell: Cell | undefined; readonly isKnown: boolean },
): string {
  const { texts } = context;
  const what = cell
    ? `${rightWord(context, cell.right)}, ${cell.isDirect ? texts.direct : texts.through}`
    : isKnown
      ? texts.noAccess
      : texts.mayHave;
  return `${personName(context, person)} · ${groupName(context, group)}: ${what}`;
}
