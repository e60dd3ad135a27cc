import assert from 'node:assert/strict';
import { allowChanges } from '../../../src/commands/allowChanges.ts';
import { cancelLoad } from '../../../src/commands/cancelLoad.ts';
import { clearFilter } from '../../../src/commands/clearFilter.ts';
import type { Command } from '../../../src/commands/command.ts';
import { copyAsJson } from '../../../src/commands/copyAsJson.ts';
import { copyEmail } from '../../../src/commands/copyEmail.ts';
import { copyId } from '../../../src/commands/copyId.ts';
import { copyName } from '../../../src/commands/copyName.ts';
import { deleteLoadedData } from '../../../src/commands/deleteLoadedData.ts';
import { editTenant } from '../../../src/commands/editTenant.ts';
import { exportAccess } from '../../../src/commands/exportAccess.ts';
import { filterGroups } from '../../../src/commands/filterGroups.ts';
import { loadAll } from '../../../src/commands/loadAll.ts';
import { makeReadOnly } from '../../../src/commands/makeReadOnly.ts';
import { openReport } from '../../../src/commands/openReport.ts';
import { pinGroup } from '../../../src/commands/pinGroup.ts';
import { refresh } from '../../../src/commands/refresh.ts';
import { removeTenant } from '../../../src/commands/removeTenant.ts';
import { renameGroup } from '../../../src/commands/renameGroup.ts';
import { retry } from '../../../src/commands/retry.ts';
import { signIn } from '../../../src/commands/signIn.ts';
import { signOut } from '../../../src/commands/signOut.ts';
import { takeSnapshot } from '../../../src/commands/takeSnapshot.ts';
import { noGroupId } from '../../../src/core/noGroup.ts';
import type { Target } from '../../../src/core/target.ts';
import type { GrantsToExport } from '../../../src/export/exportThread.ts';
import { createFakeDeps, type FakeDeps, run } from '../../support/fakeCommandDeps.ts';
import { fakeProviders } from '../../support/fakeProviders.ts';
import { group, member, tenantRecord } from '../../support/fakeReader.ts';
import { close, type Reply } from '../../support/fakeUi.ts';

const tenant = { tenantId: 'a' };
const sales = { tenantId: 'a', groupId: 'g' };
const ana = { tenantId: 'a', groupId: 'g', memberId: 'ana' };
const others = { tenantId: 'b', groupId: 'h' };
const nobody = { tenantId: 'b', groupId: noGroupId };
const failure = { tenantId: 'b', groupId: 'h', isNote: true } as const;
const loading = { tenantId: 'a', isNote: true } as const;
/** A row of each kind, of two tenants. */
const mixed: readonly Target[] = [tenant, sales, ana, others, nobody, failure];
const withoutNotes = mixed.filter((one) => !one.isNote);

function deps(...replies: Reply[]): FakeDeps {
  const fake = createFakeDeps(...replies);
  const connection = { provider: 'powerbi', name: 'Own', signIn: 'interactive', clientId: 'app' } as const;
  fake.reader.setTenants([
    tenantRecord('a', { name: 'Contoso', allowsChanges: true, connection }),
    tenantRecord('b', { name: 'Fabrikam', isSample: true }),
  ]);
  fake.reader.setGroups('a', [group('a', 'g', { name: 'Sales' })]);
  fake.reader.setGroups('b', [group('b', 'h', { name: 'Robots' })]);
  fake.reader.setMembers('a', 'g', [member('ana', { name: 'Ana', email: 'ana@contoso.com' })]);
  return fake;
}

describe('commands with rows of several kinds', () => {
  const act = async (command: Command, fake: FakeDeps, clicked: Target = sales) => {
    await run(command, fake, clicked, mixed);
    return fake;
  };

  it('copy all of them, or those of which there is what is copied', async () => {
    const noGroup = group('b', noGroupId, { name: '' });
    const copied = async (command: Command) => {
      const fake = deps();
      fake.reader.setGroups('b', [group('b', 'h', { name: 'Robots' }), noGroup]);
      return (await act(command, fake)).ui.copied[0] ?? '';
    };
    assert.deepEqual((await copied(copyName)).split('\n').slice(0, 4), ['Contoso', 'Sales', 'Ana', 'Robots']);
    assert.deepEqual((await copied(copyId)).split('\n').slice(1, 4), ['g', 'ana', 'h']);
    assert.equal(await copied(copyEmail), 'ana@contoso.com');
    assert.equal((JSON.parse(await copied(copyAsJson)) as unknown[]).length, withoutNotes.length);
  });

  it('refresh each listing once', async () => {
    const { sync } = await act(refresh, deps());
    assert.deepEqual(sync.calls.toSorted(), ['groups a!', 'members a g!', `members b ${noGroupId}!`, 'members b h!']);
  });

  it('pin the groups among them', async () => {
    assert.deepEqual([...(await act(pinGroup, deps())).reader.pins], ['g', 'h']);
  });

  it('clear the filters of all of them', async () => {
    const fake = deps();
    fake.filters.set('a', 'x');
    fake.memberFilters.set('b h', { filter: {}, name: 'Viewer' });
    await act(clearFilter, fake, tenant);
    assert.deepEqual([fake.filters.size, fake.memberFilters.size], [0, 0]);
  });

  /** The tenants that are read whole, of which snapshots are taken, and that are reported. */
  async function wholeTenants(rows: readonly Target[]): Promise<readonly (readonly string[])[]> {
    const loading = deps();
    await run(loadAll, loading, rows[0], rows);
    const taking = deps('now');
    await run(takeSnapshot, taking, rows[0], rows);
    const reporting = deps();
    await run(openReport, reporting, rows[0], rows);
    return [
      loading.sync.calls.map((call) => call.replace('all ', '')),
      taking.taken.map(({ tenantId }) => tenantId),
      JSON.parse(reporting.reports[0]?.id ?? '[]') as string[],
    ];
  }

  it('read, keep and report only the tenants that are selected themselves, each once', async () => {
    assert.deepEqual(await wholeTenants(mixed), [['a'], ['a'], ['a']]);
    const both = ['a', 'b'];
    assert.deepEqual(await wholeTenants([tenant, sales, { tenantId: 'b' }, tenant]), [both, both, both]);
  });

  it('read, keep and report the tenants of groups and members where no tenant is selected', async () => {
    const both = ['a', 'b'];
    assert.deepEqual(await wholeTenants([sales, ana, others]), [both, both, both]);
  });

  it('export what has access, and all of that', async () => {
    const fake = deps('CSV', '/tmp/x.csv');
    const exported: GrantsToExport[] = [];
    const exporting = {
      ...fake,
      exportGrants: async (grants: GrantsToExport) => {
        exported.push(grants);
        return { rows: 1, isComplete: true };
      },
    };
    await run(exportAccess, exporting, sales, mixed);
    assert.deepEqual(exported[0]?.targets, [tenant, sales, ana, others]);
  });

  it('remove and empty only the tenants that are selected themselves, after a question', async () => {
    const { removed } = await act(removeTenant, deps('Remove'));
    assert.deepEqual(removed, ['a']);
    const { emptied, ui } = await act(deleteLoadedData, deps('Delete'), tenant);
    assert.deepEqual(emptied, ['a']);
    assert.match(ui.shown[0]?.text ?? '', /of “Contoso”\?/);
  });

  it('sign out of tenants that somebody signed in to, not of samples', async () => {
    assert.deepEqual((await act(signOut, deps())).signedOut, ['a']);
    const fake = deps();
    await run(signOut, fake, others, [others]);
    assert.deepEqual([fake.signedOut, fake.ui.informed.length], [[], 1]);
    // A group that is selected beside a tenant does not mean its own tenant.
    const beside = deps();
    const { connection } = beside.reader.tenant('a') ?? assert.fail();
    beside.reader.setTenants([tenantRecord('a', { connection }), tenantRecord('b', { connection })]);
    await run(signOut, beside, tenant, [tenant, others]);
    assert.deepEqual(beside.signedOut, ['a']);
  });

  it('make all tenants among them read-only, and none of which only a group is selected', async () => {
    const fake = deps();
    const allowed = () => fake.reader.tenants().flatMap(({ id, allowsChanges }) => (allowsChanges ? [id] : []));
    fake.reader.setTenants(['a', 'b', 'c'].map((id) => tenantRecord(id, { allowsChanges: true })));
    await act(makeReadOnly, fake, tenant);
    assert.deepEqual(allowed(), ['b', 'c']);
    await run(makeReadOnly, fake, { tenantId: 'b' }, [{ tenantId: 'b' }, { tenantId: 'c' }]);
    assert.deepEqual(allowed(), []);
  });

  it('ask about the one tenant that they change something in, not about those of other rows', async () => {
    const fake = deps('Allow Changes', close);
    fake.reader.setTenants(['a', 'b'].map((id) => tenantRecord(id)));
    fake.providerList = fakeProviders.map((one) => ({ ...one, capabilities: ['renameGroup'] }));
    fake.selected = [sales, others];
    await assert.rejects(run(renameGroup, fake), { kind: 'cancelled' });
    assert.deepEqual(
      fake.ui.shown.map(({ kind, value }) => value ?? kind),
      ['confirm', 'Sales'],
    );
    assert.equal(fake.reader.tenant('b')?.allowsChanges, undefined);
  });

  it('retry and stop all that is selected of that kind', async () => {
    const fake = deps();
    await run(retry, fake, failure, [failure, loading, sales]);
    assert.deepEqual(fake.sync.calls.toSorted(), ['groups a!', 'members b h!']);
    fake.sync.calls.length = 0;
    await run(cancelLoad, fake, loading, [failure, loading]);
    assert.deepEqual(fake.sync.calls, ['cancel members b h', 'cancel groups a']);
    fake.sync.calls.length = 0;
    await run(cancelLoad, fake, tenant, [tenant, sales, { tenantId: 'b' }, failure]);
    assert.deepEqual(fake.sync.calls, ['cancel a', 'cancel b']);
  });

  it('act on the row that was clicked where they act on one, not on the first that is selected', async () => {
    const clicked = { tenantId: 'b' };
    const rows = [tenant, clicked];
    const fake = deps('rob');
    await run(filterGroups, fake, clicked, rows);
    assert.deepEqual([...fake.filters], [['b', 'rob']]);
    const editing = deps('Robots', 'ignored');
    await run(editTenant, editing, clicked, rows).catch(() => undefined);
    assert.equal(editing.ui.shown[0]?.value, 'Fabrikam');
    const allowing = deps('Allow Changes');
    await run(allowChanges, allowing, clicked, rows);
    assert.equal(allowing.reader.tenant('b')?.allowsChanges, true);
    const signing = deps();
    await run(signIn, signing, tenant, [clicked, tenant]);
    assert.deepEqual(signing.signedIn, ['a']);
  });
});
