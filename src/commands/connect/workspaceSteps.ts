import type { WorkspaceSort } from '../../core/model.ts';
import {
  type CapacityProblem,
  capacityIdsOf,
  capacityProblem,
  workspaceSorts,
} from '../../core/tenants/workspaceChoice.ts';
import type { Choice } from '../../core/ui.ts';
import type { ConnectionDraft } from './connectionDraft.ts';
import { type Asking, inputStep } from './connectionSteps.ts';
import type { Step } from './wizard.ts';

/** Which of a whole tenant's workspaces come along: what is ticked. */
export function workspaceSteps(
  asking: Asking,
  { choosesCapacities }: ConnectionDraft,
): readonly Step<ConnectionDraft>[] {
  return [sortsStep(asking), ...(choosesCapacities ? [capacitiesStep(asking)] : [])];
}

function sortsStep({ ui, t, title, signal }: Asking): Step<ConnectionDraft> {
  const labels: Readonly<Record<WorkspaceSort, string>> = {
    personal: t('Personal workspaces'),
    deleted: t('Deleted workspaces'),
    orphaned: t('Workspaces without an administrator'),
  };
  return async (draft, place) => {
    const { leaveOut = [], capacityIds } = draft.workspaces ?? {};
    const choices = workspaceSorts.map(
      (sort): Choice<WorkspaceSort | 'anyCapacity'> => ({
        label: labels[sort],
        isPicked: !leaveOut.includes(sort),
        value: sort,
      }),
    );
    choices.push({
      label: t('Workspaces on any capacity'),
      detail: t('Without this you are asked which capacities'),
      isPicked: !(draft.choosesCapacities ?? capacityIds !== undefined),
      value: 'anyCapacity',
    });
    const placeholder = t('Which workspaces do you want to load?');
    const answer = await ui.pickMany(choices, { title, placeholder, ...place }, signal);
    if (answer === 'back') return 'back';
    const unwanted = workspaceSorts.filter((sort) => !answer.value.includes(sort));
    const choosesCapacities = !answer.value.includes('anyCapacity');
    const workspaces = { leaveOut: unwanted, ...(choosesCapacities && capacityIds ? { capacityIds } : {}) };
    return { value: { ...draft, choosesCapacities, workspaces } };
  };
}

function capacitiesStep(asking: Asking): Step<ConnectionDraft> {
  const { t } = asking;
  const problems: Readonly<Record<CapacityProblem, string>> = {
    empty: t('Enter the id of a capacity.'),
    notIds: t('Enter ids of capacities only, as the admin portal shows them.'),
    tooMany: t('Enter fewer capacities.'),
  };
  return inputStep(asking, {
    prompt: t('The ids of the capacities whose workspaces you want to load, separated by commas'),
    value: ({ workspaces }) => (workspaces?.capacityIds ?? []).join(', '),
    validate: (text) => {
      const problem = capacityProblem(capacityIdsOf(text));
      return problem && problems[problem];
    },
    take: (text, { workspaces }) => ({ workspaces: { ...workspaces, capacityIds: capacityIdsOf(text) } }),
  });
}
