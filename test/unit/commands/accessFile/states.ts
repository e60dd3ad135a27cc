import assert from 'node:assert/strict';
import { type GroupLines, lineOf } from '../../../../src/commands/accessFile/accessText.ts';
import type { GroupState } from '../../../../src/commands/accessFile/compareGroup.ts';
import { type FileGroup, parseFile } from '../../../../src/commands/accessFile/parseFile.ts';
import { planMembers } from '../../../../src/core/changes/planWorld.ts';
import type { Member } from '../../../../src/core/model.ts';
import { translate } from '../../../support/fakeCommandDeps.ts';
import { group } from '../../../support/fakeReader.ts';

export const rights = ['Admin', 'Member', 'Viewer'];

export async function stateOf(all: readonly Member[], fields: Partial<GroupState> = {}): Promise<GroupState> {
  return { group: group('t', 'g', { name: 'G' }), members: await planMembers(all), isWhole: true, rights, ...fields };
}

/** A group as a file has it. */
export function written({ group: { id, name }, members }: GroupState, isExact = true): GroupLines {
  const lines = members.all.map((member) => lineOf(member, members)).filter((line) => line !== undefined);
  return { id, name, isExact, members: lines };
}

/** The first group of a file that is all right. */
export async function groupIn(text: string): Promise<FileGroup> {
  const { file, problems } = await parseFile(text, translate);
  assert.deepEqual(problems, []);
  const [first] = file?.groups ?? [];
  assert.ok(first);
  return first;
}

/** People of whom each can be told from the others. */
export const people: readonly Member[] = Array.from({ length: 6 }, (_, index): Member => {
  const isGroup = index > 3;
  const identifier = isGroup ? `id-${index}` : `p${index}@x.com`;
  const about = isGroup ? { principalType: 'group' } : { principalType: 'user', email: identifier };
  return { id: identifier, identifier, name: `Name ${index}`, details: {}, ...about };
});
