/**
 * The view "Access" of somebody in 100,000 groups, of a group with as many members, and of two such groups compared; and
 * such a group's members, filtered in the tree.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { groupSubject, type Subject, subjectOf } from '../../src/core/access/subject.ts';
import type { MemberFilter } from '../../src/core/memberFilter.ts';
import type { MemberRow } from '../../src/core/provider/rows.ts';
import type { StoreReader } from '../../src/core/store.ts';
import { openForWriting } from '../../src/store/open.ts';
import { createStoreReader } from '../../src/store/reader.ts';
import { createSql } from '../../src/store/sql.ts';
import { createWriter } from '../../src/store/writer.ts';
import { createAccessModel } from '../../src/tree/access/accessModel.ts';
import type { AccessRow } from '../../src/tree/access/accessRow.ts';
import { createTreeModel } from '../../src/tree/tenants/treeModel.ts';
import { createWords } from '../../src/tree/words.ts';
import { translate } from '../support/fakeCommandDeps.ts';
import { createFakeSync } from '../support/fakeSync.ts';
import { atMost, type Bench, count, type Figure, milliseconds } from './support/report.ts';
import { note } from './support/rounds.ts';
import { watchThread } from './support/watchThread.ts';

const rows = 100_000;
const tenantId = 'big';
const never = new AbortController().signal;

export const bench: Bench = {
  name: 'access',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tenant-explorer-bench-'));
    try {
      const path = join(folder, 'store', 'tenants.sqlite');
      fill(path);
      const reader = createStoreReader({ path });
      try {
        return await measure(reader);
      } finally {
        reader.close();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function person(index: number): MemberRow {
  const email = `person${index}@generated.example`;
  return { id: email, identifier: email, name: `Person ${index}`, email, principalType: 'user', accessRight: 'Member' };
}

/** Two groups that share half of their members, and a person in groups without end. */
function fill(path: string): void {
  let loads = 0;
  const { db } = openForWriting(path);
  const writer = createWriter(createSql(db), { decoders: {}, nextLoadId: () => ++loads });
  const connection = { provider: 'bench', name: tenantId, signIn: 'accessToken' } as const;
  writer.addTenant({ id: tenantId, provider: 'bench', name: 'Big', connection, isSample: false });
  const load = writer.begin({ list: 'groups', tenantId });
  for (const [at, id] of ['one', 'other'].entries()) {
    const members = Array.from({ length: rows }, (_, index) => person(index + (at * rows) / 2));
    writer.rows(load, { groups: [{ id, name: id, kind: 'workspace', members }] });
  }
  for (let at = 0; at < rows; at += 5000) {
    const groups = Array.from({ length: 5000 }, (_, index) => {
      const number = at + index;
      return { id: `g${number}`, name: `Workspace ${number}`, kind: 'workspace', members: [person(-1)] };
    });
    writer.rows(load, { groups });
  }
  writer.end(load, {});
  writer.close();
}

async function measure(reader: StoreReader): Promise<readonly Figure[]> {
  const somebody = await subjectOf(reader, [{ tenantId, groupId: 'g0', memberId: person(-1).id }], never);
  const [one, other] = ['one', 'other'].map((groupId) => groupSubject(reader, { tenantId, groupId }));
  if (!somebody || !one || !other) throw new Error('Somebody is missing.');
  return [
    await shown(reader, `the access of somebody in ${count(rows)} groups`, [somebody]),
    await shown(reader, `the access to a group with ${count(rows)} members`, [one]),
    await shown(reader, `two groups with ${count(rows)} members each, compared`, [one, other]),
    await filtered(reader, 'guests', { guests: true }),
    await filtered(reader, 'users', { principalTypes: ['user'] }),
  ];
}

/** Reads the access of these, and then what the view asks for: the rows at the top, and those below each. */
async function shown(reader: StoreReader, what: string, subjects: readonly Subject[]): Promise<Figure> {
  const model = createAccessModel({
    reader,
    words: createWords(translate, 'en'),
    explain: ({ kind }) => ({ what: kind, advice: '' }),
    provider: () => undefined,
    sync: { memberOf: unasked, itemsOf: unasked },
    isAdmin: () => false,
    pageSize: () => 1000,
    fire: () => undefined,
    setBusy: () => undefined,
    isVisible: () => true,
    onError: (error) => {
      throw error;
    },
  });
  const watch = await watchThread();
  await model.show(subjects);
  let looked = 0;
  for (const row of model.roots()) {
    row.look();
    // VS Code asks for the rows of one list in a turn of their own.
    await new Promise(setImmediate);
    const below: readonly AccessRow[] = (await row.children?.()) ?? [];
    for (const one of below) one.look();
    looked += below.length;
  }
  const { slice } = watch.stop();
  model.dispose();
  note(`  ${what}: ${looked} rows`);
  if (looked < 500) throw new Error(`${looked} rows were shown.`);
  return atMost(50, {
    measure: `${what}: longest stall, in processor time of its own`,
    ours: slice,
    format: milliseconds,
  });
}

/** Filters the members of a group, of whom none is a guest and all are users, and waits until they are shown. */
async function filtered(reader: StoreReader, name: string, filter: MemberFilter): Promise<Figure> {
  let tell = () => {};
  const model = createTreeModel({
    reader,
    sync: createFakeSync(reader),
    words: createWords(translate, 'en'),
    explain: ({ kind }) => ({ what: kind, advice: '' }),
    providers: () => [],
    pageSize: () => 1000,
    fire: () => tell(),
    setBusy: () => undefined,
  });
  const [tenant] = model.roots();
  await tenant?.children?.();
  const group = model.find({ tenantId, groupId: 'one' });
  if (!group?.children) throw new Error('The group is missing.');
  const watch = await watchThread();
  model.setMemberFilter(tenantId, 'one', { name, filter });
  let description: string | undefined;
  do {
    const told = new Promise<void>((resolve) => {
      tell = resolve;
    });
    [description] = (await group.children()).map((row) => row.look().description);
    if (description === 'counting…') await told;
  } while (description === 'counting…');
  const { slice } = watch.stop();
  model.dispose();
  note(`  ${name}: ${description}`);
  return atMost(50, {
    measure: `filter of members (${name}) in a group with ${count(rows)} members: longest stall, in processor time of its own`,
    ours: slice,
    format: milliseconds,
  });
}

function unasked(): never {
  throw new Error('No service is asked.');
}
