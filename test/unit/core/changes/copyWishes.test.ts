import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Wish } from '../../../../src/core/changes/changes.ts';
import { copyWishes, isStronger, removalWishes, sameAccessWishes } from '../../../../src/core/changes/copyWishes.ts';
import type { DirectAccess } from '../../../../src/core/changes/directAccess.ts';
import { makePlan } from '../../../../src/core/changes/makePlan.ts';
import { type PlanMembers, type PlanWorld, planMembers, principalOf } from '../../../../src/core/changes/planWorld.ts';
import { writes as powerbi } from '../../../../src/providers/powerbi/writes.ts';
import { writes as uipath } from '../../../../src/providers/uipath/writes.ts';
import { group, member } from '../../../support/fakeReader.ts';

const rights = ['Admin', 'Member', 'Contributor', 'Viewer'];
const tenants = ['t1', 't2', 'u1'];
const groups = ['g1', 'g2', 'g3'];
const people = ['ada@x.com', 'bob@x.com', 'cem@x.com', 'dan@x.com'];

/** Who has which right, by tenant and group; one tenant has no rights. */
type Access = Map<string, Map<string, string>>;

const keyOf = (tenantId: string, groupId: string) => `${tenantId} ${groupId}`;
const hasRights = (tenantId: string) => tenantId.startsWith('t');

const worlds = fc
  .array(
    fc.record({
      tenant: fc.constantFrom(...tenants),
      group: fc.constantFrom(...groups),
      who: fc.constantFrom(...people),
      right: fc.constantFrom(...rights),
    }),
    { maxLength: 30 },
  )
  .map((all): Access => {
    const access: Access = new Map(
      tenants.flatMap((tenant) => groups.map((one) => [keyOf(tenant, one), new Map<string, string>()] as const)),
    );
    for (const one of all)
      access.get(keyOf(one.tenant, one.group))?.set(one.who, hasRights(one.tenant) ? one.right : '');
    return access;
  });

function membersOf(access: Access, tenantId: string, groupId: string) {
  return [...(access.get(keyOf(tenantId, groupId)) ?? [])].map(([email, right]) =>
    member(email, { email, ...(right === '' ? {} : { accessRight: right }) }),
  );
}

function heldBy(access: Access, who: string): readonly DirectAccess[] {
  return tenants.flatMap((tenantId) =>
    groups.flatMap((groupId) =>
      membersOf(access, tenantId, groupId)
        .filter(({ email }) => email === who)
        .map((one) => ({
          ...{ tenantId, groupId, groupName: groupId, principal: principalOf(one), isGuest: false },
          ...(one.accessRight === undefined ? {} : { accessRight: one.accessRight }),
        })),
    ),
  );
}

/** What a plan for the wishes leaves behind. */
async function carriedOut(access: Access, wishes: readonly Wish[]): Promise<Access> {
  const capabilities = ['addMember', 'changeAccessRight', 'removeMember'] as const;
  const members = new Map<string, PlanMembers>();
  for (const tenantId of tenants)
    for (const id of groups) members.set(keyOf(tenantId, id), await planMembers(membersOf(access, tenantId, id)));
  const world: PlanWorld = {
    tenant: (id) => ({
      name: id,
      connection: { provider: 'powerbi', name: id, signIn: 'accessToken' },
      allowsChanges: true,
      capabilities,
      rules: hasRights(id) ? powerbi.rules : uipath.rules,
    }),
    group: (tenantId, id) => ({
      group: group(tenantId, id),
      members: members.get(keyOf(tenantId, id)) as PlanMembers,
      isWhole: true,
    }),
    isGroup: () => false,
  };
  const plan = await makePlan(wishes, world);
  assert.deepEqual(plan.problems, []);
  const result: Access = new Map([...access].map(([key, members]) => [key, new Map(members)]));
  for (const { tenantId, groupId = '', principal, after: state } of plan.changes) {
    const members = result.get(keyOf(tenantId, groupId));
    if (state) members?.set(principal?.identifier ?? '', state.accessRight ?? '');
    else members?.delete(principal?.identifier ?? '');
  }
  return result;
}

/** The access of all but some. */
function others(access: Access, but: readonly string[], where: (key: string) => boolean = () => true) {
  return [...access].map(([key, members]) => [
    key,
    [...members].filter(([who]) => !where(key) || !but.includes(who)).sort(),
  ]);
}

const pair = fc.shuffledSubarray(people, { minLength: 2, maxLength: 2 });

describe('wishes to copy access', () => {
  it('put the members of any groups into another one, and change nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(
        worlds,
        fc.subarray(groups, { minLength: 1 }),
        fc.constantFrom(...tenants),
        fc.constantFrom(...tenants),
        fc.constantFrom(...rights),
        async (access, from, source, tenantId, chosen) => {
          const groupId = 'g3';
          const copied = from.flatMap((one) =>
            membersOf(access, source, one).map((held) => ({
              principal: principalOf(held),
              ...(held.accessRight === undefined ? {} : { accessRight: held.accessRight }),
            })),
          );
          const place = { tenantId, groupId, rights: hasRights(tenantId) ? rights : [] };
          const { wishes, undecided } = copyWishes(copied, place, chosen);
          assert.deepEqual(undecided, []);
          const result = await carriedOut(access, wishes);
          for (const { principal } of copied) {
            const held = new Set(
              copied.filter((one) => one.principal.identifier === principal.identifier).map((one) => one.accessRight),
            );
            const [only] = held;
            const wanted = held.size === 1 && only !== undefined ? only : chosen;
            const now = result.get(keyOf(tenantId, groupId))?.get(principal.identifier);
            assert.equal(now, hasRights(tenantId) ? wanted : '');
          }
          const who = copied.map(({ principal }) => principal.identifier);
          const isPlace = (key: string) => key === keyOf(tenantId, groupId);
          assert.deepEqual(others(result, who, isPlace), others(access, who, isPlace));
        },
      ),
    );
  });

  it('ask for the right of who has none that the group has, or several', () => {
    const principal = (identifier: string) => ({ identifier, principalType: 'user', name: identifier });
    const place = { tenantId: 't', groupId: 'g', rights: ['Owner', 'Viewer'] };
    const copied = [
      { principal: principal('a@x.com'), accessRight: 'Admin' },
      { principal: principal('b@x.com'), accessRight: 'Viewer' },
      { principal: principal('c@x.com'), accessRight: 'Viewer' },
      { principal: principal('C@x.com'), accessRight: 'Owner' },
      { principal: principal('d@x.com') },
    ];
    const { wishes, undecided } = copyWishes(copied, place);
    assert.deepEqual(
      undecided.map(({ name }) => name),
      ['a@x.com', 'c@x.com', 'd@x.com'],
    );
    assert.deepEqual(
      wishes.map((wish) => [wish.principal?.name, wish.accessRight]),
      [['b@x.com', 'Viewer']],
    );
  });

  it('give somebody at least what another one has, and nobody else anything', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, pair, async (access, [model = '', receiver = '']) => {
        const principal = { identifier: receiver, principalType: 'user', name: receiver, email: receiver };
        const given = heldBy(access, model);
        const rightsOf = ({ tenantId }: { readonly tenantId: string }) => (hasRights(tenantId) ? rights : []);
        const wishes = sameAccessWishes(given, () => principal, rightsOf);
        // As the command does: what is more already stays.
        const wanted = wishes.filter(({ tenantId, groupId = '', accessRight }) => {
          const own = access.get(keyOf(tenantId, groupId))?.get(receiver);
          return !isStronger(own, accessRight, rightsOf({ tenantId }));
        });
        const result = await carriedOut(access, wanted);
        for (const { tenantId, groupId, accessRight } of given) {
          const now = result.get(keyOf(tenantId, groupId))?.get(receiver);
          assert.ok(now === (accessRight ?? '') || isStronger(now, accessRight, rights), `${now} and ${accessRight}`);
        }
        for (const [key, members] of access) {
          const before = members.get(receiver);
          if (before !== undefined) assert.ok(!isStronger(before, result.get(key)?.get(receiver), rights));
        }
        assert.deepEqual(others(result, [receiver]), others(access, [receiver]));
        assert.deepEqual(
          sameAccessWishes(given, () => undefined, rightsOf),
          [],
        );
      }),
    );
  });

  it('take the strongest of several rights in one group', () => {
    const principal = { identifier: 'a@x.com', principalType: 'user', name: 'A' };
    const about = { tenantId: 't', groupId: 'g', groupName: 'G', principal, isGuest: false };
    const given = ['Viewer', 'Admin', 'Member'].map((accessRight) => ({ ...about, accessRight }));
    const wishes = sameAccessWishes(
      given,
      () => principal,
      () => rights,
    );
    assert.deepEqual(
      wishes.map(({ accessRight }) => accessRight),
      ['Admin'],
    );
  });

  it('take all memberships of somebody, and nobody else’s', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.constantFrom(...people), async (access, who) => {
        const result = await carriedOut(access, removalWishes(heldBy(access, who)));
        assert.deepEqual(heldBy(result, who), []);
        assert.deepEqual(others(result, [who]), others(access, [who]));
      }),
    );
  });
});
