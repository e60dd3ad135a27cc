import assert from 'node:assert/strict';
import type { ChangePrincipal, Wish } from '../../../../src/core/changes/changes.ts';
import { makePlan } from '../../../../src/core/changes/makePlan.ts';
import { type PlanGroup, type PlanTenant, planMembers, principalOf } from '../../../../src/core/changes/planWorld.ts';
import type { Member } from '../../../../src/core/model.ts';
import { writes as powerbi } from '../../../../src/providers/powerbi/writes.ts';
import { writes as uipath } from '../../../../src/providers/uipath/writes.ts';
import { group, member } from '../../../support/fakeReader.ts';

const capabilities = [
  ...(['addMember', 'changeAccessRight', 'removeMember', 'createGroup', 'deleteGroup', 'renameGroup'] as const),
  'restoreGroup' as const,
];
const ada = member('ada@x.com', { email: 'ada@x.com', accessRight: 'Admin' });
const bob = member('bob@x.com', { email: 'bob@x.com', accessRight: 'Viewer' });
const guid = '11111111-2222-3333-4444-555555555555';

function person(identifier: string, fields: Partial<ChangePrincipal> = {}): ChangePrincipal {
  return { identifier, principalType: 'user', name: identifier, ...fields };
}

interface World {
  readonly tenant?: Partial<PlanTenant>;
  readonly group?: Partial<Parameters<typeof group>[2]>;
  readonly members?: readonly Member[];
  readonly isWhole?: boolean;
  readonly isDoubled?: boolean;
}

async function plan(
  wishes: readonly Partial<Wish>[],
  { tenant = {}, group: look = {}, members = [ada, bob], isWhole = true, isDoubled = false }: World = {},
  isOwnIn?: boolean,
) {
  const connection = { provider: 'powerbi', name: 'T', signIn: 'accessToken' } as const;
  const known: PlanTenant = {
    name: 'T',
    connection,
    allowsChanges: true,
    capabilities,
    rules: powerbi.rules,
    ...tenant,
  };
  const place: PlanGroup = {
    group: group('t', 'g', { name: 'G', ...look }),
    members: await planMembers(members),
    isWhole,
    isDoubled,
  };
  const all = wishes.map((wish): Wish => ({ kind: 'addMember', tenantId: 't', groupId: 'g', ...wish }));
  return makePlan(all, {
    tenant: (id) => (id === 't' ? known : undefined),
    group: (_, id) => (id === 'g' ? place : undefined),
    isGroup: (_, id) => id === guid,
    isOwnIn: () => isOwnIn,
  });
}

const codes = async (...args: Parameters<typeof plan>) => (await plan(...args)).problems.map(({ code }) => code);
const viewer = { accessRight: 'Viewer' };

describe('a plan', () => {
  it('says before and after, and leaves out what is so already', async () => {
    const made = await plan([
      { principal: person('new@x.com'), ...viewer },
      { principal: person('ADA@x.com'), ...viewer },
      { kind: 'removeMember', principal: principalOf(bob) },
    ]);
    assert.deepEqual(
      made.changes.map(({ kind, before, after }) => [kind, before?.accessRight, after?.accessRight]),
      [
        ['addMember', undefined, 'Viewer'],
        ['changeAccessRight', 'Admin', 'Viewer'],
        ['removeMember', 'Viewer', undefined],
      ],
    );
    assert.deepEqual((await plan([{ principal: principalOf(bob), ...viewer }])).unchanged, [0]);
  });

  it('tells what cannot be', async () => {
    assert.deepEqual(await codes([{ principal: person('a@x.com'), accessRight: 'Owner' }]), ['unknownRight']);
    assert.deepEqual(await codes([{ principal: person('a@x.com') }]), ['noRight']);
    assert.deepEqual(await codes([{ principal: person('nobody'), ...viewer }]), ['badPrincipal']);
    assert.deepEqual(await codes([{ principal: person(guid, { principalType: 'app' }), ...viewer }]), ['isGroup']);
    assert.deepEqual(await codes([{ principal: person('r', { principalType: 'robot' }), ...viewer }]), [
      'principalType',
    ]);
    assert.deepEqual(await codes([{ groupId: 'other', principal: person('a@x.com'), ...viewer }]), ['noGroup']);
    assert.deepEqual(await codes([{ tenantId: 'other' }]), ['noTenant']);
    assert.deepEqual(await codes([{}], { tenant: { allowsChanges: false } }), ['readOnly']);
    assert.deepEqual(await codes([{}], { tenant: { capabilities: [] } }), ['notOffered']);
    const older = { group: { details: { type: 'Group' } } };
    assert.deepEqual(await codes([{ principal: person('a@x.com'), ...viewer }], older), ['unknownRight']);
    assert.deepEqual(
      await codes([{ principal: person('a@x.com'), ...viewer }], { group: { kind: 'personalWorkspace' } }),
      ['personal'],
    );
    assert.deepEqual(await codes([{ kind: 'restoreGroup', owner: 'a@x.com' }]), ['notDeleted']);
    const builtIn = { tenant: { rules: uipath.rules }, group: { kind: 'builtIn', name: 'Everyone' } };
    assert.deepEqual(await codes([{ kind: 'renameGroup', name: 'N' }], builtIn), ['builtIn']);
    assert.deepEqual(await codes([{ principal: person('a') }], builtIn), ['builtIn']);
    const local = person('g', { principalType: 'group', source: 'local' });
    assert.deepEqual(await codes([{ principal: local }], { tenant: { rules: uipath.rules } }), ['localGroup']);
    const many = Array.from({ length: 10_001 }, (_, index) => ({ principal: person(`p${index}@x.com`), ...viewer }));
    assert.deepEqual(await codes(many), ['tooMany']);
    assert.equal((await plan(many.slice(1))).changes.length, 10_000);
  });

  it('takes what is said twice once, and refuses what contradicts itself', async () => {
    const add = { principal: person('new@x.com'), ...viewer };
    const twice = await plan([add, { ...add, principal: person('NEW@x.com') }]);
    assert.deepEqual(
      [twice.changes.length, twice.problems[0]],
      [1, { wish: 1, code: 'duplicate', other: 0, isWarning: true }],
    );
    assert.deepEqual(await codes([add, { ...add, accessRight: 'Admin' }]), ['contradiction']);
    assert.deepEqual(await codes([{ kind: 'deleteGroup' }, add]), ['contradiction']);
    assert.deepEqual(await codes([add, { kind: 'deleteGroup' }]), ['contradiction']);
  });

  it('warns of the last administrator, of one’s own access, and of what is not known', async () => {
    const risks = async (...args: Parameters<typeof plan>) => (await plan(...args)).risks.map(({ code }) => code);
    const remove = { kind: 'removeMember', principal: principalOf(ada) } as const;
    assert.deepEqual(await risks([remove]), ['lastAdmin']);
    assert.deepEqual(await risks([{ kind: 'changeAccessRight', principal: principalOf(ada), ...viewer }]), [
      'lastAdmin',
    ]);
    assert.deepEqual(await risks([remove, { principal: person('new@x.com'), accessRight: 'Admin' }]), []);
    assert.deepEqual(await risks([remove, { principal: principalOf(bob), accessRight: 'Admin' }]), []);
    assert.deepEqual(await risks([remove], { isWhole: false }), ['unknownAdmins']);
    const own = { tenant: { account: 'BOB@x.com' } };
    assert.deepEqual(await risks([{ kind: 'removeMember', principal: principalOf(bob) }], own), ['ownAccess']);
    assert.deepEqual(await risks([{ kind: 'deleteGroup' }]), ['deletesGroup']);
    const administrators = { group: { kind: 'builtIn', name: 'Administrators' }, members: [ada] };
    assert.deepEqual(await risks([remove], { ...administrators, tenant: { rules: uipath.rules } }), ['lastAdmin']);
  });

  it('says what was changed since it was expected', async () => {
    const wish = { kind: 'removeMember', principal: principalOf(bob), expected: { accessRight: 'Member' } } as const;
    assert.deepEqual((await plan([wish])).problems, [
      { wish: 0, code: 'changedSince', values: ['Viewer'], isWarning: true },
    ]);
    assert.deepEqual(await codes([{ ...wish, expected: viewer }]), []);
  });

  describe('of somebody whom more than one row fits', () => {
    const about = (members: readonly Member[], principal: ChangePrincipal, kind: Wish['kind'] = 'removeMember') =>
      plan([{ kind, principal, ...(kind === 'removeMember' ? {} : viewer) }], { members: [ada, ...members] });

    it('means who has the identifier, never whom another id fits', async () => {
      const guest = member('ana_x.com#EXT#@y.com', { email: 'mail@x.com', accessRight: 'Member' });
      const other = member('z', { accessRight: 'Viewer', details: { userPrincipalName: guest.identifier } });
      const { changes } = await about([other, guest], principalOf(guest));
      assert.equal(changes[0]?.principal?.identifier, guest.identifier);
    });

    it('refuses what the service may take for somebody else', async () => {
      const one = member('one@x.com', { email: 'shared@x.com', accessRight: 'Member' });
      const two = member('two@x.com', { email: 'shared@x.com', accessRight: 'Viewer' });
      for (const principal of [person('shared@x.com'), principalOf(one)])
        assert.deepEqual(
          (await about([one, two], principal)).problems.map(({ code }) => code),
          ['ambiguous'],
        );
      // Where the service goes by ids of its own, an address that two share is no matter.
      const [local, linked] = [guid, 'guid-2'].map((id) => member(id, { email: 'shared@x.com' }));
      assert.ok(local && linked);
      assert.deepEqual((await about([local, linked], principalOf(local))).problems, []);
    });

    it('refuses rows of one member that differ', async () => {
      const twice = [bob, { ...bob, id: `${bob.id}~2`, accessRight: 'Member' }];
      assert.deepEqual(
        (await about(twice, principalOf(bob))).problems.map(({ code }) => code),
        ['ambiguous'],
      );
      assert.deepEqual((await about([bob, { ...bob, id: `${bob.id}~2` }], principalOf(bob))).problems, []);
    });

    it('takes two rows of one member for one', async () => {
      const wishes = [bob, { ...bob, id: `${bob.id}~2` }].map((one) => ({
        kind: 'removeMember' as const,
        principal: principalOf(one),
      }));
      assert.deepEqual(await codes(wishes, { members: [ada, bob, { ...bob, id: `${bob.id}~2` }] }), ['duplicate']);
      const byMail = person('upn@x.com', { email: 'mail@x.com' });
      const both = [byMail, person('mail@x.com')].map((principal) => ({ principal }));
      assert.deepEqual(
        await codes([
          { ...both[0], ...viewer },
          { ...both[1], accessRight: 'Admin' },
        ]),
        ['contradiction'],
      );
    });
  });

  it('has who comes before who goes, in each group', async () => {
    const cleo = member('cleo@x.com', { email: 'cleo@x.com', accessRight: 'Contributor' });
    const { changes, risks } = await plan(
      [
        { kind: 'removeMember', principal: principalOf(ada) },
        { kind: 'changeAccessRight', principal: principalOf(cleo), ...viewer },
        { kind: 'changeAccessRight', principal: principalOf(bob), accessRight: 'Admin' },
        { principal: person('new@x.com'), ...viewer },
      ],
      { members: [ada, bob, cleo] },
    );
    assert.deepEqual(
      changes.map(({ principal }) => principal?.identifier),
      ['bob@x.com', 'new@x.com', 'cleo@x.com', 'ada@x.com'],
    );
    assert.deepEqual(risks, []);
  });

  it('takes administrators of a group that is not known whole for unknown, whoever is held', async () => {
    const second = member('eve@x.com', { email: 'eve@x.com', accessRight: 'Admin' });
    const risks = async (...args: Parameters<typeof plan>) => (await plan(...args)).risks.map(({ code }) => code);
    const partial = { members: [ada, second, bob], isWhole: false };
    assert.deepEqual(await risks([{ kind: 'removeMember', principal: principalOf(ada) }], partial), ['unknownAdmins']);
    assert.deepEqual(await risks([{ kind: 'removeMember', principal: person('stranger@x.com') }], partial), [
      'unknownAdmins',
    ]);
    assert.deepEqual(await risks([{ kind: 'removeMember', principal: principalOf(bob) }], partial), []);
    assert.deepEqual(
      await risks(
        [
          { kind: 'removeMember', principal: principalOf(ada) },
          { principal: person('n@x.com'), accessRight: 'Admin' },
        ],
        partial,
      ),
      [],
    );
  });

  it('warns of one’s own access that comes by a group', async () => {
    const team = member(guid, { principalType: 'group', accessRight: 'Member' });
    const own = async (isIn: boolean | undefined, more: World = {}) =>
      (
        await plan(
          [{ kind: 'removeMember', principal: principalOf(team) }],
          { members: [ada, bob, team], tenant: { account: 'me@x.com' }, ...more },
          isIn,
        )
      ).risks.map(({ code }) => code);
    assert.deepEqual(await own(true), ['ownAccess']);
    assert.deepEqual(await own(undefined), ['unknownOwn']);
    assert.deepEqual(await own(false), []);
    const me = member('me@x.com', { accessRight: 'Member' });
    assert.deepEqual(await own(undefined, { members: [ada, bob, team, me] }), []);
    assert.deepEqual(await own(undefined, { tenant: {} }), []);
  });

  it('refuses a group that the service does not tell from another', async () => {
    assert.deepEqual(await codes([{ principal: person('a@x.com'), ...viewer }], { isDoubled: true }), [
      'ambiguousGroup',
    ]);
  });
});
