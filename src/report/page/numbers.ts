import { bars } from './charts.ts';
import type { PageContext } from './context.ts';
import { el, section } from './dom.ts';
import { kindWord, rightWord } from './words.ts';

/** What there is of what, before anything else. */
export function cards({ report, texts, number }: PageContext): HTMLElement {
  const { counts, tenants, findings } = report;
  const high = findings.filter(({ severity }) => severity === 'high').reduce((sum, one) => sum + one.count, 0);
  const told: readonly (readonly [label: string, value: number, mark?: string | undefined])[] = [
    ...(tenants.length > 1 ? [[texts.tenants, tenants.length] as const] : []),
    [texts.groups, counts.groups],
    [texts.people, counts.people],
    [texts.grants, counts.grants],
    [texts.admins, counts.admins],
    [texts.guests, counts.guests],
    [texts.highFindings, high, high > 0 ? 'high' : undefined],
    [texts.unknownGroups, counts.unknownGroups, counts.unknownGroups > 0 ? 'medium' : undefined],
  ];
  return el(
    'dl',
    { class: 'cards' },
    ...told.map(([label, value, mark]) =>
      el(
        'div',
        { class: mark === undefined ? 'card' : `card ${mark}` },
        el('dt', {}, label),
        el('dd', {}, number(value)),
      ),
    ),
  );
}

/** How many grants each right has, and how many people each kind. */
export function distribution(context: PageContext): HTMLElement {
  const { report, texts, number } = context;
  const { rights, kinds } = report;
  const rightNames = rights.map((_, right) => rightWord(context, right));
  const kindNames = kinds.map(({ kind }) => kindWord(context, kind));
  const inWords = (names: readonly string[], values: readonly number[]) =>
    names.map((name, index) => `${name}: ${number(values[index] ?? 0)}`).join('; ');
  const byRight = bars(context, texts.byRight, {
    label: `${texts.byRight}. ${inWords(
      rightNames,
      rights.map(({ grants }) => grants),
    )}`,
    categories: rightNames,
    series: [
      {
        name: texts.ofOthers,
        values: rights.map(({ grants, guestGrants }) => grants - guestGrants),
        colors: (theme) => theme.rights,
      },
      {
        name: texts.ofGuests,
        legend: true,
        values: rights.map(({ guestGrants }) => guestGrants),
        colors: (theme) => theme.changed,
      },
    ],
    columns: [
      { title: texts.right },
      { title: texts.grants, isNumber: true },
      { title: texts.ofGuests, isNumber: true },
    ],
    rows: rights.map(({ grants, guestGrants }, right) => [
      rightNames[right] ?? '',
      number(grants),
      number(guestGrants),
    ]),
  });
  const byKind = bars(context, texts.byKind, {
    label: `${texts.byKind}. ${inWords(
      kindNames,
      kinds.map(({ people }) => people),
    )}`,
    categories: kindNames,
    series: [{ name: texts.count, values: kinds.map(({ people }) => people), colors: (theme) => theme.gained }],
    columns: [{ title: texts.kind }, { title: texts.count, isNumber: true }],
    rows: kinds.map(({ people }, kind) => [kindNames[kind] ?? '', number(people)]),
  });
  return section('distribution', texts.distribution, el('div', { class: 'charts' }, byRight, byKind));
}
