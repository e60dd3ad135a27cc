import type { PastMember, SnapshotChange } from '../../../core/savedSnapshots.ts';
import type { SnapshotMember } from '../../../core/snapshot.ts';
import { uniqueId } from '../../ids.ts';
import { createMemberMapper, type StoredMembership, storedPrincipalColumns } from '../../snapshotMember.ts';
import type { Sql } from '../../sql.ts';
import type { ChangedGroup } from './changedGroups.ts';
import type { KeyPair, PastKeys } from './changedMembers.ts';

export type MemberChange = Extract<SnapshotChange, { readonly member: PastMember }>;

/** A principal without its memberships. */
type Content = readonly [...StoredMembership, key: number, sortKey: string];

export type Contents = ReadonlyMap<number, Content>;

/** Principals that are read in one go. */
const sliceRows = 500;

const contentText = `SELECT ${storedPrincipalColumns}, p.key, p.sort_key
  FROM json_each(?) k CROSS JOIN principal p ON p.key = k.value`;

/** Who the pairs are about; with pauses. */
export function* readContents(sql: Sql, all: Iterable<Iterable<KeyPair>>): Generator<undefined, Contents> {
  const keys = new Set<number>();
  for (const pairs of all) {
    for (const pair of pairs) {
      const one = pair.after ?? pair.before;
      if (one && differs(pair)) keys.add(one.principal);
    }
  }
  const contents = new Map<number, Content>();
  const asked = [...keys];
  for (let at = 0; at < asked.length; at += sliceRows) {
    if (at > 0) yield;
    for (const content of sql.tuples<Content>(contentText, JSON.stringify(asked.slice(at, at + sliceRows))))
      contents.set(content[11], content);
  }
  return contents;
}

/** A member as two snapshots have it. */
export interface Pair {
  readonly sortKey: string;
  before?: Past;
  after?: Past;
}

interface Past extends PastKeys {
  readonly content: Content;
}

/** Pairs with who they are about. Another content of a principal is another one: by their ids they are one member. */
export function joinById(pairs: Iterable<KeyPair>, contents: Contents): Iterable<Pair> {
  const byId = new Map<string, Pair>();
  for (const pair of pairs) {
    if (!differs(pair)) continue;
    for (const side of ['after', 'before'] as const) {
      const keys = pair[side];
      const content = keys && contents.get(keys.principal);
      if (!content) continue;
      const id = uniqueId(content[1], keys.dup);
      const joined = byId.get(id) ?? { sortKey: content[12] };
      joined[side] = { ...keys, content };
      byId.set(id, joined);
    }
  }
  return byId.values();
}

/** Tells what a pair shows; nothing where only what is not told differs. */
export function createMemberChange(sql: Sql): (pair: Pair, group: ChangedGroup) => MemberChange | undefined {
  const toMember = createMemberMapper(sql);
  const memberOf = ({ content, dup, access }: Past): SnapshotMember => toMember(content, dup, access);
  return ({ before, after }, { groupId, nameBefore, nameAfter }) => {
    const shown = after ?? before;
    if (!shown || (before && after && before.access === after.access)) return undefined;
    const member = memberOf(shown);
    const had = before && (before === shown ? member : memberOf(before));
    const one = before ? 'lost' : 'gained';
    return {
      what: before && after ? 'changed' : one,
      groupId,
      groupName: nameAfter ?? nameBefore ?? '',
      member: toPastMember(member),
      ...(had?.accessRight ? { before: had.accessRight } : {}),
      ...(after && member.accessRight ? { after: member.accessRight } : {}),
    };
  };
}

function toPastMember({ id, name, email, principalType, isGuest }: SnapshotMember): PastMember {
  return { id, name, principalType, isGuest, ...(email === undefined ? {} : { email }) };
}

/** Whether a pair may show something; a right is a word of the tenant, and has one key there. */
function differs({ before, after }: KeyPair): boolean {
  return !before || !after || before.access !== after.access;
}
