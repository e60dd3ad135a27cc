import { AppError, cancelled } from '../core/errors.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Target } from '../core/target.ts';
import { createTurns, type Turns } from '../core/turns/turns.ts';
import type { Format, Part } from './formats/format.ts';
import { type ExportHead, surveyAll } from './head.ts';
import { type FilePlace, replaceFile } from './replaceFile.ts';
import { type ExportRow, exportRow } from './row.ts';
import { partsOf, type Scope, toScopes } from './scope.ts';

/** Rows that are formatted and written in one go: some milliseconds. */
const rowsAtOnce = 500;

export interface ExportOptions {
  readonly snapshot: Snapshot;
  readonly targets: readonly Target[];
  readonly format: Format;
  readonly path: string | FilePlace;
  /** A head in words. */
  readonly summarize: (head: HeadFacts) => string | Promise<string>;
  readonly onProgress: (done: number, expected: number) => void;
}

export type HeadFacts = Omit<ExportHead, 'summary'>;

export interface Exported {
  readonly rows: number;
  readonly isComplete: boolean;
}

/**
 * Writes the grants of all targets to a file, a few at a time, whatever their number.
 * @throws AppError `notFound` for a target that is gone; `cancelled`; as `replaceFile`
 */
export async function writeExport(options: ExportOptions, signal: AbortSignal): Promise<Exported> {
  const { snapshot, targets, format, path, summarize, onProgress } = options;
  const turns = createTurns();
  const scopes = toScopes(snapshot, targets);
  const { surveys, ...facts } = await surveyAll(snapshot, scopes, turns, signal);
  const expected = surveys.reduce((sum, one) => sum + one.expected, 0);
  const head: HeadFacts = { exportedAt: new Date().toISOString(), ...facts };
  const whole = { ...head, summary: await summarize(head) };
  const rows = rowsOf(snapshot, scopes, turns, signal);
  return writeRows({ format, path, head: whole, rows, onProgress: (done) => onProgress(done, expected) }, signal);
}

export interface RowsToWrite {
  readonly format: Format;
  readonly path: string | FilePlace;
  readonly head: ExportHead;
  readonly rows: AsyncIterable<readonly ExportRow[]>;
  readonly onProgress: (done: number) => void;
}

/** Writes a head and its rows to a file, as they come. @throws AppError `cancelled`; as `replaceFile` */
export async function writeRows(
  { format, path, head, rows, onProgress }: RowsToWrite,
  signal: AbortSignal,
): Promise<Exported> {
  let count = 0;
  async function* parts(): AsyncGenerator<Part> {
    yield format.begin(head);
    for await (const some of rows) {
      yield format.rows(some);
      count += some.length;
      onProgress(count);
    }
    yield format.end();
  }
  await replaceFile(path, parts(), signal);
  return { rows: count, isComplete: head.isComplete };
}

async function* rowsOf(
  snapshot: Snapshot,
  scopes: readonly Scope[],
  turns: Turns,
  signal: AbortSignal,
): AsyncGenerator<readonly ExportRow[]> {
  let rows: ExportRow[] = [];
  for (const scope of scopes) {
    for (const { groupId, members } of partsOf(scope)) {
      let found = 0;
      for (const { group, member } of snapshot.grants(scope.tenant.id, groupId)) {
        if (turns.isOver()) {
          if (signal.aborted) throw cancelled();
          await turns.next();
        }
        if (member === undefined || (members !== 'all' && !members.has(member.id))) continue;
        found++;
        if (rows.push(exportRow(scope.tenant, group, member)) < rowsAtOnce) continue;
        yield rows;
        rows = [];
      }
      if (members !== 'all' && found < members.size)
        throw new AppError('notFound', 'There is no such member in this group.');
    }
  }
  if (rows.length > 0) yield rows;
}
