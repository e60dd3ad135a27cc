import { AppError } from '../../core/errors.ts';
import { noGroupId } from '../../core/noGroup.ts';
import type { Sql } from '../sql.ts';
import { recordMark } from './changes.ts';
import { locate } from './load.ts';

/** See `StoreWriter.setPinned`. A group that goes takes its key with it: no other one ever gets it. */
export function setPinned(sql: Sql, tenantId: string, groupId: string, isPinned: boolean): void {
  if (groupId === noGroupId) throw new AppError('invalid', 'Only groups can be pinned.');
  const { tenant, grp } = locate(sql, { list: 'members', tenantId, groupId });
  const held: number[] = JSON.parse(
    sql.get<{ pins: string | null }>('SELECT pins FROM tenant WHERE key = ?', tenant)?.pins ?? '[]',
  );
  if (held.includes(grp) === isPinned) return;
  const others = held.filter((key) => key !== grp && sql.get('SELECT 1 FROM grp WHERE key = ?', key));
  sql.run('UPDATE tenant SET pins = ? WHERE key = ?', JSON.stringify(isPinned ? [...others, grp] : others), tenant);
  recordMark(sql, tenantId);
}
