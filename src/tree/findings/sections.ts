import { applies, type FindingCoverage, type FindingId, type Severity } from '../../core/findings/findings.ts';
import type { FindingPlan, FindingText } from '../../core/findings/findingsView.ts';
import { fact } from '../facts.ts';
import { noteLook } from '../noteLook.ts';
import type { Fact, Look, Row } from '../row.ts';
import { childId, noteId } from '../rowIds.ts';
import type { Words } from '../words.ts';
import { extentOf, lookedAt } from './coverage.ts';
import { severityWord } from './findingTexts.ts';

export type SectionId = FindingId | 'ignored' | 'clear';

/** A row above those of one finding, of what is ignored, or of what was not found. */
export interface Section extends Row {
  readonly section: SectionId;
}

export interface Meaning {
  readonly texts: Readonly<Record<FindingId, FindingText>>;
  readonly plan: FindingPlan;
  readonly coverage: readonly FindingCoverage[];
}

const icons: Readonly<Record<Severity | 'off', readonly [icon: string, color?: string]>> = {
  high: ['error', 'list.errorForeground'],
  medium: ['warning', 'list.warningForeground'],
  low: ['info'],
  off: ['circle-slash'],
};

/** Makes the rows that hold others; each stays the same object, as VS Code knows rows by identity. */
export function createSections(words: Words, children: (section: Section) => Promise<readonly Row[]>) {
  const { t, number } = words;
  const held = new Map<SectionId, { row: Section; look: Look; facts: readonly Fact[] }>();
  const owners = new WeakMap<object, Section>();

  function show(id: SectionId, look: Look, facts: readonly Fact[] = []): Section {
    const known = held.get(id);
    if (known) {
      known.look = look;
      known.facts = facts;
      return known.row;
    }
    const row: Section = {
      id: noteId('finding', id),
      section: id,
      tenantId: '',
      isNote: true,
      parent: undefined,
      look: () => held.get(id)?.look ?? look,
      facts: async () => held.get(id)?.facts ?? facts,
      children: () => children(row),
    };
    held.set(id, { row, look, facts });
    return row;
  }

  function factsOf(id: FindingId, { texts, plan, coverage }: Meaning): readonly Fact[] {
    const { title, why, advice } = texts[id];
    return [
      fact(t('Finding'), title),
      fact(t('Why'), why),
      fact(t('What to do'), advice),
      fact(t('Severity'), severityWord(t, plan.severities[id])),
      ...coverage.map((one) => fact(one.name, extentOf(words, id, plan.rules.access, one))),
    ];
  }

  function note(parent: Row, name: string, look: Look, facts: readonly Fact[] = []): Row {
    return {
      id: childId(parent.id, name),
      tenantId: '',
      isNote: true,
      parent,
      look: () => look,
      facts: async () => facts,
    };
  }

  return {
    found: (id: FindingId, count: number, meaning: Meaning): Section => {
      const severity = meaning.plan.severities[id];
      const label = meaning.texts[id].title;
      const description = `${number(count)} · ${severityWord(t, severity)}`;
      return show(
        id,
        { label, description, context: 'findings', spoken: `${label}, ${description}`, ...iconOf(severity) },
        factsOf(id, meaning),
      );
    },
    ignored: (count: number): Section => show('ignored', noteLook(t('Ignored'), 'eye-closed', number(count))),
    nothing: (count: number): Section =>
      show('clear', noteLook(t('Nothing found'), 'pass', count === 1 ? t('1 check') : t('{0} checks', number(count)))),
    /** What was looked for and not found, what does not apply, and what is turned off. */
    clear: (parent: Section, ids: readonly FindingId[], meaning: Meaning): readonly Row[] =>
      ids.map((id) => {
        const { plan, texts, coverage } = meaning;
        const isOff = plan.severities[id] === 'off';
        const meant = coverage.filter(({ provider }) => applies(id, plan.rules.access[provider]));
        const sum = (of: (one: FindingCoverage) => number) => meant.reduce((total, one) => total + of(one), 0);
        const state = isOff
          ? t('turned off by a setting')
          : meant.length === 0
            ? t('does not apply')
            : lookedAt(
                words,
                sum(({ looked }) => looked),
                sum(({ groups }) => groups),
              );
        const icon = isOff || meant.length === 0 ? 'circle-slash' : 'pass';
        return note(parent, id, noteLook(texts[id].title, icon, state), factsOf(id, meaning));
      }),
    more: (parent: Section, shown: number, total: number): Row => {
      const row = note(parent, 'more', {
        ...noteLook(t('Load more'), 'ellipsis', t('{0} of {1} shown', number(shown), number(total))),
        click: { command: 'tenantExplorer.loadMoreFindings', title: t('Load more') },
      });
      owners.set(row, parent);
      return row;
    },
    failed: (parent: Row): Row =>
      note(parent, 'failed', {
        ...noteLook(t('These findings could not be read'), 'error', t('click to retry')),
        color: 'list.errorForeground',
        click: { command: 'tenantExplorer.refreshFindings', title: t('Retry') },
      }),
    /** The list that a row "Load more" stands in. */
    of: (row: unknown): Section | undefined => (typeof row === 'object' && row !== null ? owners.get(row) : undefined),
  };
}

function iconOf(severity: Severity | 'off'): Pick<Look, 'icon' | 'color'> {
  const [icon, color] = icons[severity];
  return { icon, ...(color === undefined ? {} : { color }) };
}
