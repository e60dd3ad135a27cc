import { AppError, cancelled } from '../core/errors.ts';
import type {
  ComparedMoment,
  SavedSnapshot,
  SnapshotChange,
  SnapshotComparison,
  SnapshotGap,
} from '../core/savedSnapshots.ts';
import { sortKey } from '../core/text/text.ts';
import { sortInTurns } from '../core/turns/sortInTurns.ts';
import { createTurns } from '../core/turns/turns.ts';
import type { Choice } from '../core/ui.ts';
import { comparisonJson, comparisonReport, comparisonTexts } from '../export/comparison.ts';
import { changesWord, incompleteListsWord } from '../export/counts.ts';
import { answered, askTenant } from './choose/ask.ts';
import { snapshotChoice } from './choose/snapshotChoice.ts';
import { oneMeant } from './choose/targets.ts';
import type { Command, CommandDeps } from './command.ts';
import { exportChanges } from './export/exportChanges.ts';

/** Shows who gained, lost or changed access between two snapshots of a tenant, or since one. */
export const compareSnapshots: Command = {
  name: 'compareSnapshots',
  run: async (deps, args, signal) => {
    const { t, ui } = deps;
    const title = t('Compare Snapshots');
    const tenantId = await whose(deps, args, title, signal);
    const before = await askBefore(deps, tenantId, title, signal);
    const after = await askAfter(deps, before, title, signal);
    const comparison = await ui.withProgress(t('Comparing…'), signal, (_, ownSignal) =>
      compare(deps, before, after, ownSignal),
    );
    await show(deps, comparison, title, signal);
  },
};

async function whose(deps: CommandDeps, args: readonly unknown[], title: string, signal: AbortSignal): Promise<string> {
  const { reader, ui, t } = deps;
  const meant = oneMeant(deps, args);
  const tenantIds = new Set(reader.snapshots().map(({ tenantId }) => tenantId));
  if (meant && tenantIds.has(meant.tenantId)) return meant.tenantId;
  if (meant !== undefined || tenantIds.size === 0) {
    ui.inform(
      meant
        ? t('There is no snapshot of this tenant yet. Take one first.')
        : t('There is no snapshot yet. Take one first.'),
    );
    throw cancelled();
  }
  return (await askTenant(deps, title, signal, ({ id }) => tenantIds.has(id))).tenantId;
}

async function askBefore(
  deps: CommandDeps,
  tenantId: string,
  title: string,
  signal: AbortSignal,
): Promise<SavedSnapshot> {
  const { reader, ui, t } = deps;
  const choices = reader.snapshots(tenantId).map((one) => snapshotChoice(deps, one));
  const answer = await ui.pick(
    choices,
    { title, placeholder: t('From which snapshot?'), step: 1, totalSteps: 3 },
    signal,
  );
  return answered(answer);
}

/** A later one, or how it is now. */
async function askAfter(
  deps: CommandDeps,
  before: SavedSnapshot,
  title: string,
  signal: AbortSignal,
): Promise<SavedSnapshot | undefined> {
  const { reader, ui, t } = deps;
  const now: Choice<SavedSnapshot | undefined> = {
    label: t('Now'),
    description: t('what is loaded at the moment'),
    icon: 'clock',
    value: undefined,
  };
  const later = reader.snapshots(before.tenantId).filter(({ key }) => key > before.key);
  const choices = [now, ...later.map((one): Choice<SavedSnapshot | undefined> => snapshotChoice(deps, one))];
  return answered(await ui.pick(choices, { title, placeholder: t('To which?'), step: 2, totalSteps: 3 }, signal));
}

async function compare(
  deps: CommandDeps,
  before: SavedSnapshot,
  after: SavedSnapshot | undefined,
  signal: AbortSignal,
): Promise<SnapshotComparison> {
  const { reader, snapshots, t, time } = deps;
  const { tenantId } = before;
  const passing = after === undefined ? await snapshots.take(tenantId, { isPassing: true }) : undefined;
  const key = after?.key ?? passing;
  if (key === undefined) throw cancelled();
  const momentOf = ({ name, at }: SavedSnapshot): ComparedMoment => ({ label: name ?? time(at), at });
  const moments = {
    tenantId,
    tenant: reader.tenant(tenantId)?.name ?? tenantId,
    before: momentOf(before),
    after: after ? momentOf(after) : { label: t('Now'), at: new Date().toISOString() },
  };
  const [changes, gaps]: [SnapshotChange[], SnapshotGap[]] = [[], []];
  let isRead = false;
  try {
    for await (const slice of reader.compareSnapshots(before.key, key)) {
      signal.throwIfAborted();
      for (const change of slice.changes) changes.push(change);
      for (const gap of slice.gaps) gaps.push(gap);
      isRead = true;
    }
  } finally {
    if (passing !== undefined) await snapshots.delete([passing]);
  }
  // A store that is gone is read as an empty one.
  if (!isRead) throw new AppError('notFound', 'The snapshots are not there any more.');
  const place = ({ groupName, groupId }: SnapshotChange) => `${sortKey(groupName)}\n${groupId}`;
  return { ...moments, changes: await sortInTurns(changes, place, createTurns()), gaps };
}

async function show(
  deps: CommandDeps,
  comparison: SnapshotComparison,
  title: string,
  signal: AbortSignal,
): Promise<void> {
  const { ui, t, access } = deps;
  const { before, after, tenant } = comparison;
  const named = t('{0}: {1} ↔ {2}', tenant, before.label, after.label);
  const ways: readonly Choice<() => Promise<void>>[] = [
    {
      label: t('In the view “Access”'),
      description: t('with a click to each group and person'),
      icon: 'list-tree',
      value: () => access.showChanges(comparison),
    },
    {
      label: t('As a list'),
      description: t('who gained, lost and changed access'),
      icon: 'list-unordered',
      value: () => ui.showDocument(named, 'markdown', comparisonReport(comparison, t)),
    },
    {
      label: t('Side by side'),
      description: t('the differing lines in the diff editor'),
      icon: 'diff',
      value: () => {
        const texts = comparisonTexts(comparison, t);
        return ui.showDiff(named, texts.before, texts.after);
      },
    },
    {
      label: t('As JSON'),
      description: t('to be saved or worked on'),
      icon: 'json',
      value: () => ui.showDocument(named, 'json', comparisonJson(comparison)),
    },
    {
      label: t('As a file…'),
      description: t('CSV, JSON, Markdown or Excel'),
      icon: 'save',
      value: () => exportChanges(deps, comparison, signal),
    },
  ];
  const placeholder = t(
    '{0}, {1}. Show them how?',
    changesWord(t, comparison.changes.length),
    incompleteListsWord(t, comparison.gaps.length),
  );
  await answered(await ui.pick(ways, { title, placeholder, step: 3, totalSteps: 3 }, signal))();
}
