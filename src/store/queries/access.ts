import type { Access, Member } from '../../core/model.ts';
import type { AccessSlice } from '../../core/store.ts';
import { foldText } from '../../core/text.ts';
import { type ContentRow, type MembershipRow, memberContent, toMember } from '../memberContent.ts';
import type { Sql } from '../sql.ts';
import { candidates, principalsWithId, readFolded } from './match.ts';
import { countUnknownGroups, createNesting, groupsHolding, type Nesting, type Reached } from './nesting.ts';

/** So many ways are told for one principal; where groups are nested criss-cross, there may be more than atoms. */
const mostPaths = 10_000;

/** Rows handed over at once. */
const sliceRows = 500;

/**
 * What the principals that a search means reach, directly and through nested groups, over all tenants; principal by
 * principal, group by group. A group that is reached in several ways comes once for each of them.
 */
export function* accessSlices(sql: Sql, query: string): Generator<AccessSlice> {
  const nesting = createNesting(sql);
  const told = new Set<string>();
  for (const keys of matchingPrincipals(sql, query)) {
    // Where nobody matches, too, other work gets its turn.
    yield { items: [] };
    for (const key of keys) yield* accessOf(sql, { nesting, told }, key);
  }
  yield { items: [], unknownGroups: yield* pausing(countUnknownGroups(sql)) };
}

/** Those with this whole id, then those with the text in name or e-mail. */
function* matchingPrincipals(sql: Sql, query: string): Generator<readonly number[]> {
  const text = query.trim();
  if (text === '') return;
  const byId = principalsWithId(sql, text);
  yield byId;
  const term = { text: foldText(text), isShort: false };
  for (const keys of candidates(sql, [...term.text].length < 3 ? [] : [term])) {
    const among = keys.filter((key) => !byId.includes(key));
    yield among.filter((key) => readFolded(sql, key)?.includes(term.text));
  }
}

/** One step of a way: a group reached, and which of the groups behind it were looked at. */
interface Step {
  readonly at: Reached;
  readonly behind: readonly Reached[];
  next: number;
}

interface Search {
  readonly nesting: Nesting;
  /** The ways that were told: the same directory may be connected twice. */
  readonly told: Set<string>;
}

function* accessOf(sql: Sql, { nesting, told }: Search, principal: number): Generator<AccessSlice> {
  const content = readContent(sql, principal);
  if (!content) return;
  const who = content.object ?? principal;
  let items: Access[] = [];
  let paths = 0;

  for (const slice of groupsHolding(sql, principal)) {
    for (const first of slice) {
      const member = memberOf(content, first);
      items.push(toAccess(first, member, []));
      const steps: Step[] = [{ at: first, behind: yield* pausing(nesting.groupsWith(first.grp)), next: 0 }];
      const passed = new Set([first.grp]);
      for (let step = steps.at(-1); step; step = steps.at(-1)) {
        const reached = step.behind[step.next++];
        if (!reached || paths >= mostPaths) {
          steps.pop();
          passed.delete(step.at.grp);
          continue;
        }
        // Groups may be in each other: nobody gets further by passing one twice.
        if (passed.has(reached.grp)) continue;
        const way = JSON.stringify([who, reached.grp, reached.access, steps.map(({ at }) => at.groupId)]);
        if (!told.has(way)) {
          told.add(way);
          paths++;
          const path = steps.map(({ at }) => at.groupName);
          items.push(toAccess(reached, withRight(member, reached.access), path));
        }
        passed.add(reached.grp);
        steps.push({ at: reached, behind: yield* pausing(nesting.groupsWith(reached.grp)), next: 0 });
        if (items.length >= sliceRows) {
          yield { items };
          items = [];
        }
      }
    }
    yield { items };
    items = [];
  }
  if (paths >= mostPaths) yield { items: [], isCut: true };
}

/** What slices come to, with a pause for each. */
function* pausing<T>(slices: Generator<void, T>): Generator<AccessSlice, T> {
  for (let step = slices.next(); ; step = slices.next()) {
    if (step.done) return step.value;
    yield { items: [] };
  }
}

function readContent(sql: Sql, principal: number): (ContentRow & { readonly object: string | null }) | undefined {
  return sql.get(`SELECT p.object, ${memberContent('p')} FROM principal p WHERE p.key = ?`, principal);
}

function memberOf(
  content: ContentRow,
  { dup, access }: { readonly dup: number; readonly access: string | null },
): Member {
  const row: MembershipRow = { ...content, dup, access };
  return toMember(row);
}

/** The member as it is in the first group, with the right that the last one gives. */
function withRight({ accessRight: _, ...member }: Member, access: string | null): Member {
  return access === null ? member : { ...member, accessRight: access };
}

function toAccess({ tenantId, groupId, groupName }: Reached, member: Member, path: readonly string[]): Access {
  return { tenantId, groupId, groupName, member, path };
}
