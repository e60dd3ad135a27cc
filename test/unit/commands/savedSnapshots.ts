import type { SavedSnapshot } from '../../../src/core/savedSnapshots.ts';
import { createFakeDeps, type FakeDeps } from '../../support/fakeCommandDeps.ts';
import { tenantRecord } from '../../support/fakeReader.ts';
import type { Reply } from '../../support/fakeUi.ts';

export const snapshot = (key: number, more: Partial<SavedSnapshot> = {}): SavedSnapshot => ({
  key,
  tenantId: 'a',
  at: `2026-01-0${key}T08:00:00.000Z`,
  isAutomatic: false,
  gaps: 0,
  groups: 3,
  memberships: 10,
  ...more,
});

/** Two tenants, of which the first has two snapshots. */
export function deps(...replies: Reply[]): FakeDeps {
  const fake = createFakeDeps(...replies);
  fake.reader.setTenants([tenantRecord('a', { name: 'Contoso' }), tenantRecord('b', { name: 'Fabrikam' })]);
  fake.reader.kept.snapshots = [snapshot(2), snapshot(1, { name: 'Quarter' })];
  return fake;
}
