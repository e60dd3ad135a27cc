import { readShown, type Shown } from '../core/access/readShown.ts';
import type { AccessResult } from '../core/access/result.ts';
import type { Subject } from '../core/access/subject.ts';
import { subjectNames } from '../core/access/subjectNames.ts';
import type { Snapshot, SnapshotWithReads } from '../core/snapshot.ts';
import type { StoreReads } from '../core/store.ts';
import type { Translate } from '../core/text/translate.ts';
import { createTurns } from '../core/turns/turns.ts';
import { type ExportHead, surveyAll } from './head.ts';
import type { Scope } from './scope.ts';
import { summaryOf, type Wording } from './summary.ts';
import { withSnapshot } from './withSnapshot.ts';

/** The access of one or two, with what a reader must know of it: all of one moment, as what `reader` tells is. */
export interface AccessAtOnce {
  readonly reader: StoreReads;
  readonly shown: Shown;
  readonly head: ExportHead;
}

/** Reads the access of one or two, and runs a task with it. @throws AppError `notFound` where nothing is stored; `cancelled` */
export function withAccess<T>(
  deps: Wording & { openSnapshot(): Promise<SnapshotWithReads | undefined> },
  subjects: readonly Subject[],
  signal: AbortSignal,
  task: (access: AccessAtOnce) => Promise<T>,
): Promise<T> {
  return withSnapshot(deps, async (snapshot) => {
    const reader = snapshot.reads;
    const shown = await readShown(reader, subjects, signal);
    return task({ reader, shown, head: await accessHead(deps, snapshot, shown.results, signal) });
  });
}

/** What a reader must know of somebody's access: all tenants are its scope, for each may have more of it. */
async function accessHead(
  { t, providers }: Wording,
  snapshot: Snapshot,
  results: readonly AccessResult[],
  signal: AbortSignal,
): Promise<ExportHead> {
  const turns = createTurns();
  const tenants = snapshot.tenants();
  const scopes = tenants.map((tenant): Scope => ({ tenant, groups: 'all' }));
  const { oldestAsOf, isComplete, scope } = await surveyAll(snapshot, scopes, turns, signal);
  const remarks = remarksOn(t, results);
  const head = {
    exportedAt: new Date().toISOString(),
    oldestAsOf,
    isComplete: isComplete && remarks.length === 0,
    scope,
    accessOf: subjectNames(results, (id) => tenants.find((tenant) => tenant.id === id)?.name),
    ...(remarks.length === 0 ? {} : { remarks }),
  };
  return { ...head, summary: summaryOf({ t, providers }, head) };
}

function remarksOn(t: Translate, results: readonly AccessResult[]): readonly string[] {
  const unknown = Math.max(...results.map(({ unknownGroups }) => unknownGroups));
  const gaps = results.flatMap(({ within }) => within?.gaps ?? []);
  const isCut = results.some((one) => one.isCut || one.within?.isCut);
  const gone = results.flatMap(({ subject, within }) => (subject.group && !within ? [subject] : []));
  const names = [...new Set([...gone, ...gaps].map(({ name }) => `“${name}”`))].slice(0, 20);
  return [
    ...(unknown > 0 ? [t('groups that are members somewhere and that no tenant knows: {0}', unknown)] : []),
    ...(names.length > 0 ? [t('not all members are known of {0}', names.join(', '))] : []),
    ...(isCut ? [t('there are more ways than are told')] : []),
  ];
}
