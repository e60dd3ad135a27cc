import { cancelled } from '../errors.ts';
import type { StoreReader } from '../store.ts';
import type { FindingCoverage, FindingId, FindingRow, FindingRules, IgnoredFinding } from './findings.ts';

/** Everything that was found at one time. */
export interface FoundAll {
  readonly rows: ReadonlyMap<FindingId, readonly FindingRow[]>;
  /** Empty where nothing is stored yet. */
  readonly coverage: readonly FindingCoverage[];
  readonly ignored: readonly IgnoredFinding[];
}

/** @throws AppError `cancelled` */
export async function collectFindings(
  reader: StoreReader,
  rules: FindingRules,
  signal?: AbortSignal,
): Promise<FoundAll> {
  const rows = new Map<FindingId, FindingRow[]>();
  let end: Pick<FoundAll, 'coverage' | 'ignored'> = { coverage: [], ignored: [] };
  for await (const slice of reader.findings(rules)) {
    if (signal?.aborted) throw cancelled();
    for (const row of slice.rows) {
      const held = rows.get(row.finding);
      if (held) held.push(row);
      else rows.set(row.finding, [row]);
    }
    if (slice.end) end = slice.end;
  }
  return { rows, ...end };
}
