import type { FindingCoverage, FindingId, FindingRow, FindingRules, IgnoredFinding } from '../../core/findings.ts';
import type { StoreReader } from '../../core/store.ts';

/** Everything that was found at one time. */
export interface FoundAll {
  readonly rows: ReadonlyMap<FindingId, readonly FindingRow[]>;
  readonly coverage: readonly FindingCoverage[];
  readonly ignored: readonly IgnoredFinding[];
}

export async function collectFindings(reader: StoreReader, rules: FindingRules): Promise<FoundAll> {
  const rows = new Map<FindingId, FindingRow[]>();
  let end: Pick<FoundAll, 'coverage' | 'ignored'> = { coverage: [], ignored: [] };
  for await (const slice of reader.findings(rules)) {
    for (const row of slice.rows) {
      const held = rows.get(row.finding);
      if (held) held.push(row);
      else rows.set(row.finding, [row]);
    }
    if (slice.end) end = slice.end;
  }
  return { rows, ...end };
}
