import { AppError } from '../errors.ts';
import type { WorkspaceChoice, WorkspaceSort } from '../model.ts';

export const workspaceSorts: readonly WorkspaceSort[] = ['personal', 'deleted', 'orphaned'];

/** They become part of a request's address, which has an end. */
const mostCapacities = 50;

const capacityId = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

export type CapacityProblem = 'empty' | 'notIds' | 'tooMany';

/** Ids of capacities as a person writes them down: one after the other. */
export function capacityIdsOf(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((part) => part !== ''))];
}

export function capacityProblem(ids: readonly string[]): CapacityProblem | undefined {
  if (ids.length === 0) return 'empty';
  if (!ids.every((id) => capacityId.test(id))) return 'notIds';
  return ids.length > mostCapacities ? 'tooMany' : undefined;
}

/** What was chosen, of any value; nothing when all workspaces are wanted. @throws AppError `invalid` */
export function readWorkspaceChoice(input: unknown): WorkspaceChoice | undefined {
  if (input === undefined || input === null) return undefined;
  if (typeof input !== 'object') throw new AppError('invalid', '"workspaces" must be an object.');
  const { leaveOut: unwanted, capacityIds: wanted } = input as Readonly<Record<string, unknown>>;
  const given = texts('workspaces.leaveOut', unwanted);
  const leaveOut = workspaceSorts.filter((sort) => given.includes(sort));
  if (leaveOut.length < new Set(given).size) {
    throw new AppError('invalid', `"workspaces.leaveOut" may list: ${workspaceSorts.join(', ')}.`);
  }
  const capacityIds = capacityIdsOf(texts('workspaces.capacityIds', wanted).join(' '));
  const problem = capacityProblem(capacityIds);
  if (problem === 'notIds') throw new AppError('invalid', '"workspaces.capacityIds" must be ids (GUIDs).');
  if (problem === 'tooMany') throw new AppError('invalid', `Choose at most ${mostCapacities} capacities.`);
  if (leaveOut.length === 0 && capacityIds.length === 0) return undefined;
  return { ...(leaveOut.length > 0 ? { leaveOut } : {}), ...(capacityIds.length > 0 ? { capacityIds } : {}) };
}

function texts(name: string, value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) {
    throw new AppError('invalid', `"${name}" must be a list of texts.`);
  }
  return value;
}
