import type { Report, ReportPerson } from '../../src/core/report/report.ts';
import type { Shown } from '../../src/report/protocol.ts';
import { reportTexts } from '../../src/report/reportTexts.ts';
import { createRandom } from '../soak/random.ts';
import { translate } from './fakeCommandDeps.ts';

export interface ReportSize {
  readonly people: number;
  readonly groups: number;
  readonly grants: number;
}

const rights = [
  ['Admin', 'admin'],
  ['Member', 'edit'],
  ['Contributor', 'edit'],
  ['Viewer', 'other'],
] as const;

/**
 * A report of that size: people of ten departments with groups of their own, some groups elsewhere, guests, and groups
 * in groups. The same size gives the same report.
 */
export function makeReport({ people, groups, grants }: ReportSize): Report {
  const { below: whole } = createRandom(7);
  const random = () => whole(1000) / 1000;
  const cellsOf = (count: number, home: number): number[] => {
    const taken = new Set<number>();
    const cells: number[] = [];
    for (let tries = 0; cells.length < count * 2 && tries < count * 10; tries++) {
      const isHome = random() < 0.85;
      const group = isHome ? (home + 10 * whole(Math.ceil(groups / 10))) % groups : whole(groups);
      if (taken.has(group)) continue;
      taken.add(group);
      cells.push(group, isHome ? 1 + whole(3) : random() < 0.1 ? 0 : 3);
    }
    return cells;
  };
  const made = Array.from({ length: people }, (_, number): ReportPerson => {
    const isGroup = number % 40 === 39;
    const share = isGroup ? 2 : Math.min(groups, Math.max(1, Math.round((grants / people) * (0.5 + random()))));
    return {
      name: isGroup ? `Team ${number}` : `Person ${number}`,
      email: isGroup ? '' : `person${number}@contoso.example`,
      kind: isGroup ? 'group' : number % 17 === 0 ? 'guest' : 'user',
      cells: cellsOf(share, number % 10),
      ...(isGroup ? { is: [whole(groups)] } : {}),
    };
  });
  const told = made.flatMap(({ cells, kind }) => cells.flatMap((right, i) => (i % 2 === 0 ? [] : [{ right, kind }])));
  const kinds = ['user', 'guest', 'group'].map((kind) => ({
    kind,
    people: made.filter((one) => one.kind === kind).length,
  }));
  return {
    title: 'Contoso',
    madeAt: '22 Nov 2030, 12:00',
    coverage: { isComplete: false, summary: 'Access as Tenant Explorer knew it. Not complete: Contoso.' },
    counts: {
      groups,
      people,
      guests: made.filter(({ kind }) => kind === 'guest').length,
      admins: made.filter(({ cells }) => cells.some((right, i) => i % 2 === 1 && right === 0)).length,
      grants: told.length,
      unknownGroups: Math.ceil(groups / 50),
    },
    rights: rights.map(([name, level], right) => ({
      name,
      level,
      grants: told.filter((one) => one.right === right).length,
      guestGrants: told.filter((one) => one.right === right && one.kind === 'guest').length,
    })),
    kinds,
    tenants: [
      {
        name: 'Contoso',
        provider: 'powerbi',
        groupsState: 'complete',
        groups,
        complete: groups - 1,
        asOf: '21 Nov 2030',
      },
    ],
    groups: Array.from({ length: groups }, (_, number) => ({
      name: `Workspace ${number}`,
      tenant: 0,
      state: number % 50 === 3 ? ('denied' as const) : ('complete' as const),
    })),
    people: made,
    leftOut: { people: 0, grants: 0 },
    history: Array.from({ length: 6 }, (_, month) => ({
      tenant: 0,
      at: `1 ${['Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov'][month]} 2030`,
      name: month === 5 ? 'Before the audit' : '',
      gained: 3 + whole(20),
      lost: whole(12),
      changed: whole(6),
      memberships: told.length - 20 * (6 - month),
      gaps: month === 2 ? 1 : 0,
    })),
    findings: [
      {
        id: 'noAdmin',
        severity: 'high',
        title: 'No administrator',
        why: 'Nobody can change who has access, or delete the group.',
        advice: 'Give somebody the right Admin.',
        count: 2,
        rows: ['Workspace 7', 'Workspace 12'],
      },
      {
        id: 'emptyGroup',
        severity: 'low',
        title: 'Empty groups',
        why: 'Nobody is in it, so it may be left over.',
        advice: 'Delete it if nothing uses it.',
        count: 0,
        rows: [],
      },
    ],
  };
}

/** As the page is given it. */
export function shownOf(report: Report): Shown {
  return { report, texts: reportTexts(translate), language: 'en' };
}
