import assert from 'node:assert/strict';
import { AppError } from '../../../../src/core/errors.ts';
import type { StoredConnection } from '../../../../src/core/model.ts';
import type { PageRequest } from '../../../../src/core/provider/provider.ts';
import { uipath } from '../../../../src/providers/uipath/index.ts';
import { group } from '../replies.ts';

const connection: StoredConnection = {
  provider: 'uipath',
  name: 'Acme',
  organization: 'acme',
  partitionGlobalId: 'magic-7',
  signIn: 'accessToken',
};
const { organization: _, ...withoutOrganization } = connection;
const { groups, members, directory, afterError } = uipath.requests;
assert.ok(directory && afterError);

describe('Requests to UiPath', () => {
  it('ask for groups, members and users below the organization', () => {
    const root = 'https://cloud.uipath.com/acme/identity_/api';
    assert.equal(groups(connection).url, `${root}/Group/magic-7`);
    assert.equal(members(connection, group('g 1')).url, `${root}/Group/magic-7/g%201`);
    assert.equal(directory(connection).url, `${root}/User/users/magic-7?top=1000&skip=0`);
  });

  for (const [endpoint, organization, root] of [
    [undefined, undefined, 'https://cloud.uipath.com/identity_/api'],
    ['https://one.example', undefined, 'https://one.example/identity_/api'],
    ['https://one.example', 'acme', 'https://one.example/acme/identity_/api'],
    ['https://one.example/suite', 'acme', 'https://one.example/suite/acme/identity_/api'],
    ['https://one.example/identity', undefined, 'https://one.example/identity/api'],
    ['https://one.example/identity_', undefined, 'https://one.example/identity_/api'],
    ['https://one.example/Identity', 'acme', 'https://one.example/acme/Identity/api'],
    ['https://one.example/identity', 'acme', 'https://one.example/acme/identity/api'],
    ['https://one.example/acme/identity_', 'acme', 'https://one.example/acme/identity_/api'],
    ['https://one.example/acme', 'Acme', 'https://one.example/acme/identity_/api'],
    ['https://one.example/x/acme', 'acme', 'https://one.example/x/acme/identity_/api'],
    ['https://one.example/acme/x', 'acme', 'https://one.example/acme/x/acme/identity_/api'],
    ['https://one.example/notacme', 'acme', 'https://one.example/notacme/acme/identity_/api'],
    ['https://acme', 'acme', 'https://acme/acme/identity_/api'],
    ['https://identity', undefined, 'https://identity/identity_/api'],
    ['https://one.example', 'a b/c', 'https://one.example/a%20b%2Fc/identity_/api'],
    ['https://one.example/a%20b', 'a b', 'https://one.example/a%20b/identity_/api'],
  ] as const) {
    it(`go to ${root} for ${endpoint ?? 'the cloud'} and organization ${organization ?? 'none'}`, () => {
      const own = {
        ...withoutOrganization,
        ...(endpoint ? { endpoint } : {}),
        ...(organization ? { organization } : {}),
      };
      assert.equal(groups(own).url, `${root}/Group/magic-7`);
    });
  }

  it('need the organization id', () => {
    const { partitionGlobalId: _, ...incomplete } = connection;
    assert.throws(() => groups(incomplete), /partitionGlobalId/);
  });
});

describe('UiPath routes that do not exist', () => {
  const failed = (status: number) => new AppError('notFound', 'x', { status });
  const opened = (details: object) => members(connection, group('g', { details: { id: 'g', ...details } }));
  const nextOf = (request: PageRequest, status: number): PageRequest => {
    const after = afterError(request, failed(status));
    return after && 'next' in after ? after.next : assert.fail();
  };

  for (const status of [404, 405]) {
    it(`lead from the group (${status}) to its members`, () => {
      const { url } = nextOf(opened({}), status);
      assert.equal(url, 'https://cloud.uipath.com/acme/identity_/api/Group/magic-7/g/Members?top=1000&skip=0');
    });

    it(`let an empty list stand as complete, and nothing else (${status})`, () => {
      assert.deepEqual(afterError(nextOf(opened({ hasEmptyMembersInList: true }), status), failed(status)), {
        end: 'complete',
      });
      assert.equal(afterError(nextOf(opened({}), status), failed(status)), undefined);
    });
  }

  it('are told from other failures', () => {
    for (const status of [400, 401, 403, 410, 429, 500]) {
      assert.equal(afterError(opened({ hasEmptyMembersInList: true }), failed(status)), undefined);
      assert.equal(afterError(nextOf(opened({ hasEmptyMembersInList: true }), 404), failed(status)), undefined);
    }
    assert.equal(afterError(opened({}), new AppError('offline', 'x')), undefined);
    assert.equal(afterError(groups(connection), failed(404)), undefined);
    assert.equal(afterError(directory(connection), failed(404)), undefined);
  });
});

describe('UiPath in the browser', () => {
  it('shows the organization, where it is known', () => {
    assert.equal(uipath.portalUrl(connection), 'https://cloud.uipath.com/acme/portal_');
    assert.equal(uipath.portalUrl(connection, group('g')), 'https://cloud.uipath.com/acme/portal_');
    assert.equal(
      uipath.portalUrl({ ...connection, endpoint: 'https://one.example/acme/identity_' }),
      'https://one.example/acme/portal_',
    );
    assert.equal(uipath.portalUrl(withoutOrganization), undefined);
    assert.equal(uipath.portalUrl({ ...connection, endpoint: 'http://127.0.0.1:8080/sample' }), undefined);
  });
});
