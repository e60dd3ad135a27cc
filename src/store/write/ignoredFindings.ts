import type { FindingRef, IgnoreNote } from '../../core/findings/findings.ts';
import { cleanText } from '../columns.ts';
import { recordMark } from './changes.ts';
import type { WriteContext } from './context.ts';

/** Takes findings out of those that are told, or without a note puts them back. */
export function ignoreFindings(
  { sql, now }: WriteContext,
  findings: readonly FindingRef[],
  note: IgnoreNote | undefined,
): void {
  for (const { finding, tenantId, groupId, memberId, accessRight } of findings) {
    const place = [finding, groupId, memberId, accessRight].map(cleanText);
    sql.run(
      `DELETE FROM ignored_finding WHERE tenant = (SELECT key FROM tenant WHERE id = ?)
         AND finding = ? AND group_id = ? AND member_id = ? AND access = ?`,
      tenantId,
      ...place,
    );
    if (!note) continue;
    sql.run(
      `INSERT INTO ignored_finding (tenant, finding, group_id, member_id, access, reason, ignored_by, at)
       SELECT key, ?, ?, ?, ?, ?, ?, ? FROM tenant WHERE id = ?`,
      ...place,
      cleanText(note.reason),
      cleanText(note.by),
      now(),
      tenantId,
    );
  }
  for (const tenantId of new Set(findings.map((one) => one.tenantId))) recordMark(sql, tenantId);
}
