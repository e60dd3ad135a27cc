import type { SavedSnapshot } from '../../core/savedSnapshots.ts';
import type { Choice } from '../../core/ui.ts';
import { groupsWord, incompleteListsWord, membershipsWord } from '../../export/counts.ts';
import type { CommandDeps } from '../command.ts';

/** A snapshot as it is offered in a list. */
export function snapshotChoice({ t, time }: CommandDeps, snapshot: SavedSnapshot): Choice<SavedSnapshot> {
  const { name, at, isAutomatic, groups, memberships, gaps } = snapshot;
  const missing = gaps === 0 ? [] : [incompleteListsWord(t, gaps)];
  return {
    label: name ?? time(at),
    description: [...(name === undefined ? [] : [time(at)]), ...(isAutomatic ? [t('automatic')] : [])].join(' · '),
    detail: [t('{0} with {1}', groupsWord(t, groups), membershipsWord(t, memberships)), ...missing].join(' · '),
    icon: 'history',
    value: snapshot,
  };
}
