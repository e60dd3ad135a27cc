import type { GroupRow, MemberRow } from '../../../src/core/provider/rows.ts';
import { openForWriting } from '../../../src/store/open.ts';
import { createSql } from '../../../src/store/sql.ts';
import { createWriter } from '../../../src/store/writer.ts';

export const people = 100_000;
export const memberships = 1_000_000;
/** Whoever is in most groups. */
export const best = 'best connected';

const perGroup = 20;
/** Groups of the directory: people are in those of the first level, and each level is in the next. */
const levels = [4000, 800, 160, 32, 6];
const inLevels = levels.reduce((sum, groups) => sum + groups * perGroup, 0);
const workspaces = (memberships - inLevels) / perGroup;
const given = ['Zoe', 'Göran', 'Ada', 'Łukasz', '美咲', 'Chidi', 'Élodie', 'Иван', 'Li'];
const family = ['Alvarez', 'Bauer', '田中', 'Eze', 'Nguyễn', 'Okonkwo', 'Çelik'];

const guid = (space: number, index: number) => `0000000${space}-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;

/** A tenant of workspaces and the directory whose groups are members in them, in five levels. */
export function fillStore(path: string): void {
  const { db } = openForWriting(path);
  const writer = createWriter(createSql(db), { decoders: {}, nextLoadId: nextId });
  for (const [tenantId, rows] of [
    ['directory', directoryGroups()],
    ['workspaces', Array.from({ length: workspaces }, (_, index) => workspace(index))],
  ] as const) {
    const connection = { provider: 'bench', name: tenantId, signIn: 'accessToken' } as const;
    writer.addTenant({ id: tenantId, provider: 'bench', name: tenantId, connection, isSample: false });
    const load = writer.begin({ list: 'groups', tenantId });
    for (let at = 0; at < rows.length; at += 5000) writer.rows(load, { groups: rows.slice(at, at + 5000) });
    writer.end(load, {});
  }
  writer.close();
}

let loads = 0;
const nextId = () => ++loads;

function directoryGroups(): GroupRow[] {
  return levels.flatMap((groups, level) =>
    Array.from({ length: groups }, (_, index): GroupRow => {
      const members =
        level === 0
          ? Array.from({ length: perGroup }, (_, seat) =>
              person(index % 200 === 0 && seat === 0 ? 0 : index * perGroup + seat),
            )
          : Array.from({ length: perGroup }, (_, seat) =>
              nested(level - 1, (index * 7 + seat * 3) % (levels[level - 1] ?? 1)),
            );
      const name = `Level ${level} Group ${index}`;
      return { id: guid(level + 1, index), name, kind: 'security', members: distinct(members) };
    }),
  );
}

/** Now and then a group of the directory is a member. */
function workspace(index: number): GroupRow {
  const members = Array.from({ length: perGroup }, (_, seat) => {
    if (seat === 0 && index % 100 === 0) return { ...person(0), accessRight: 'Admin' };
    if (seat === 1 && index % 4 === 0)
      return { ...nested(index % levels.length, index % (levels[index % levels.length] ?? 1)), accessRight: 'Viewer' };
    return { ...person((index * perGroup + seat * 37) % people), accessRight: 'Member' };
  });
  return { id: guid(9, index), name: `Workspace ${index}`, kind: 'workspace', members: distinct(members) };
}

function person(index: number): MemberRow {
  const email = `person${index}@generated.example`;
  const name =
    index === 0 ? 'Best Connected' : `${given[index % given.length]} ${family[index % family.length]} ${index}`;
  return { id: email, identifier: email, email, name, principalType: 'user', details: { graphId: guid(0, index) } };
}

function nested(level: number, index: number): MemberRow {
  const id = guid(level + 1, index);
  return { id, identifier: id, name: `Level ${level} Group ${index}`, principalType: 'group' };
}

function distinct(members: readonly MemberRow[]): MemberRow[] {
  return [...new Map(members.map((member) => [member.id, member])).values()];
}
