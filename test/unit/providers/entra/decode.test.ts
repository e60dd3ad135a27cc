import assert from 'node:assert/strict';
import { isGuest, type Member } from '../../../../src/core/model.ts';
import type { MemberRow } from '../../../../src/core/provider/rows.ts';
import { decode } from '../../../../src/providers/entra/decode.ts';
import { entra } from '../../../../src/providers/entra/index.ts';
import { bytesOf, connections, errorReply, fixture, group } from '../replies.ts';

const connection = connections.entra ?? assert.fail();
const groups = entra.requests.groups(connection);
const members = entra.requests.members(connection, group('g'));

function groupsOf(...value: unknown[]) {
  return decode(bytesOf({ value }), groups).groups ?? [];
}

function memberOf(object: object): MemberRow {
  const [row] = decode(bytesOf({ value: [object] }), members).members ?? [];
  return row ?? assert.fail('no row');
}

describe('Decoding groups of Entra', () => {
  it('tells the kinds apart', () => {
    const kinds = groupsOf(
      { id: 'a', groupTypes: ['Unified'], securityEnabled: true, mailEnabled: true },
      { id: 'b', groupTypes: [], securityEnabled: true, mailEnabled: false },
      { id: 'c', groupTypes: ['DynamicMembership'], securityEnabled: true, mailEnabled: true },
      { id: 'd', groupTypes: [], securityEnabled: false, mailEnabled: true },
      { id: 'e', groupTypes: null },
    ).map(({ kind }) => kind);
    assert.deepEqual(kinds, ['microsoft365', 'security', 'security', 'unknown', 'unknown']);
  });

  it('keeps all that the documentation prints', () => {
    const page = decode(fixture('entra/list-groups.json'), groups);
    assert.deepEqual(
      page.groups?.map(({ name, kind }) => [name, kind]),
      [
        ['Golf Assist', 'microsoft365'],
        ['Golf Discussion', 'unknown'],
      ],
    );
    const sent = JSON.parse(fixture('entra/list-groups.json').toString()) as { value: unknown[] };
    assert.deepEqual(
      page.groups?.map(({ details }) => details),
      sent.value,
    );
  });

  it('names a group without a name by its id', () => {
    assert.deepEqual(
      groupsOf({ id: 'a', displayName: ' ' }, { id: 'b' }).map(({ name }) => name),
      ['a', 'b'],
    );
  });
});

describe('Decoding members of Entra groups', () => {
  it('reads users, groups, apps, and keeps other objects', () => {
    const types = ['user', 'group', 'servicePrincipal', 'device', 'orgContact'];
    const rows = types.map((type) =>
      memberOf({ '@odata.type': `#microsoft.graph.${type}`, id: type, displayName: 'X' }),
    );
    assert.deepEqual(
      rows.map(({ principalType }) => principalType),
      ['user', 'group', 'app', 'unknown', 'unknown'],
    );
    assert.equal(memberOf({ id: 'x' }).principalType, 'unknown');
  });

  it('takes the mailbox, else the sign-in name for the e-mail', () => {
    const object = { id: 'i', displayName: 'Ada', mail: 'ada@x.example', userPrincipalName: 'ada@tenant.example' };
    assert.deepEqual(
      [memberOf(object).email, memberOf({ ...object, mail: null }).email],
      ['ada@x.example', 'ada@tenant.example'],
    );
    assert.deepEqual([memberOf(object).id, memberOf(object).identifier, memberOf(object).name], ['i', 'i', 'Ada']);
  });

  it('names a member of whom only type and id are told by the id', () => {
    const row = memberOf({ '@odata.type': '#microsoft.graph.device', id: 'i', displayName: null, mail: null });
    assert.deepEqual([row.name, row.email], ['i', undefined]);
  });

  it('lets guests be known by type or sign-in name', () => {
    const isGuestRow = (object: object) => isGuest({ ...memberOf({ id: 'i', ...object }), details: object } as Member);
    assert.ok(isGuestRow({ userType: 'Guest', mail: 'a@b.example' }));
    assert.ok(isGuestRow({ mail: 'a@b.example', userPrincipalName: 'a_b.example#EXT#@c.example' }));
    assert.ok(!isGuestRow({ userType: 'Member', userPrincipalName: 'a@c.example' }));
  });
});

describe('Errors of Microsoft Graph', () => {
  const body = {
    error: {
      code: 'Authorization_RequestDenied',
      message: 'Insufficient privileges to complete the operation.',
      innerError: { date: '2026-01-01T00:00:00', 'request-id': 'x', 'client-request-id': 'x' },
    },
  };

  it("mean what they say, in the service's own words", () => {
    assert.equal(entra.refineKind(errorReply(401)), 'notSignedIn');
    assert.equal(entra.refineKind(errorReply(403, body)), 'forbidden');
    assert.equal(entra.errorMessage(errorReply(403, body)), 'Insufficient privileges to complete the operation.');
    assert.equal(entra.errorMessage(errorReply(400, { error: { code: 'BadRequest', message: '' } })), 'BadRequest');
    assert.equal(entra.errorMessage(errorReply(503, 'upstream timed out')), 'upstream timed out');
  });
});
