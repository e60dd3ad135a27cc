import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GrantsToExport } from '../../../src/export/exportThread.ts';
import { formats } from '../../../src/export/formats/formats.ts';
import { type Exported, writeExport } from '../../../src/export/writeExport.ts';
import { openSnapshot } from '../../../src/store/snapshot.ts';
import { openSnapshotWithReads } from '../../../src/store/snapshotReads.ts';
import { createFakeDeps, type FakeDeps } from '../../support/fakeCommandDeps.ts';
import { tenantRecord } from '../../support/fakeReader.ts';
import type { Reply } from '../../support/fakeUi.ts';
import { afterTest, contoso, contosoWith, group, groupsOf, member, membersOf } from '../store/fixture.ts';

export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'export-'));
  afterTest(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Contoso: Sales with two members, Finance denied, HR never loaded. Fabrikam: one group, complete. */
export function storeOfTwo(): string {
  const { path, writer, load } = contosoWith();
  load(groupsOf('contoso'), {
    groups: [group('s', { name: 'Sales' }), group('f', { name: 'Finance' }), group('h', { name: 'HR' })],
  });
  load(membersOf('contoso', 's'), {
    members: [
      member('ana', {
        name: 'Ana',
        email: 'ana@contoso.example',
        accessRight: 'Admin',
        source: 'aad',
        details: { id: 'object-of-ana', displayName: 'Ana' },
      }),
      member('eve_fabrikam.example#EXT#@contoso.example', { name: 'Eve', accessRight: 'Viewer' }),
    ],
  });
  writer.end(writer.begin(membersOf('contoso', 'f')), { error: { kind: 'forbidden', message: 'No right.' } });
  writer.addTenant({ ...contoso, id: 'fabrikam', name: 'Fabrikam', provider: 'other' });
  load(groupsOf('fabrikam'), { groups: [group('r', { name: 'Robots', kind: 'builtIn' })] });
  load(membersOf('fabrikam', 'r'), { members: [member('bot', { name: 'Bot', principalType: 'robot' })] });
  return path;
}

/** What the command gets, over a real store. */
export function depsOver(path: string, ...replies: Reply[]): FakeDeps {
  const fake = createFakeDeps(...replies);
  fake.reader.setTenants([
    tenantRecord('contoso', { name: 'Contoso' }),
    tenantRecord('fabrikam', { name: 'Fabrikam' }),
  ]);
  return {
    ...fake,
    openSnapshot: async () => openSnapshotWithReads(path),
    exportGrants: (grants, signal) => exportHere(path, grants, signal),
  };
}

/** As the thread does it, but in this one. */
export async function exportHere(
  path: string,
  { extension, ...grants }: GrantsToExport,
  signal: AbortSignal,
): Promise<Exported> {
  const entry = formats.find((one) => one.extension === extension) ?? assert.fail();
  const snapshot = openSnapshot(path) ?? assert.fail();
  try {
    return await writeExport({ ...grants, snapshot, format: (await entry.load())() }, signal);
  } finally {
    snapshot.close();
  }
}
