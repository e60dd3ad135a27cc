import assert from 'node:assert/strict';
import { cleanToken, tokenProblem } from '../../../../src/core/auth/checkAuth.ts';
import { isAppError } from '../../../../src/core/errors.ts';
import type { Provider, ProviderDefinition, ServiceProvider } from '../../../../src/core/provider/provider.ts';
import { checkConnection, fieldProblem, nameProblem } from '../../../../src/core/tenants/checkConnection.ts';
import { serviceRoot } from '../../../../src/core/tenants/endpoint.ts';

const description = { icon: 'x', capabilities: [], signInMethods: ['accessToken'] } as const;

const service = (id: string, fields: ServiceProvider['fields']): ServiceProvider => ({
  ...description,
  id,
  label: id,
  fields,
  endpoints: { public: `https://${id}.example`, china: `https://${id}.cn.example` },
  hosts: [`${id}.example`],
  requests: { groups: () => ({ url: '', shape: '', state: {} }), members: () => ({ url: '', shape: '', state: {} }) },
  refineKind: () => undefined,
  errorMessage: () => undefined,
  portalUrl: () => undefined,
});

const registered: ProviderDefinition = {
  ...description,
  id: 'other',
  label: 'Other',
  signInMethods: ['microsoft', 'accessToken'],
  async *listGroups() {},
  async *listMembers() {},
};

const providers: readonly Provider[] = [
  service('one', ['scope']),
  service('two', ['organization', 'partitionGlobalId']),
  registered,
];

const auth = { method: 'accessToken', accessToken: 'secret-token' };
const one = { provider: 'one', name: 'Contoso', auth };
const two = { provider: 'two', name: 'Contoso', partitionGlobalId: 'magic-7', auth };

describe('checkConnection', () => {
  it('keeps known fields, trimmed, and the secret apart from them', () => {
    const input = {
      ...two,
      name: '  Contoso ',
      organization: ' acme ',
      partitionGlobalId: ' magic-7 ',
      cloud: 'china',
      directoryId: 'contoso.onmicrosoft.com',
      scope: 'admin',
      password: 'hunter2',
      auth: { ...auth, accessToken: ' Bearer secret-token\n', clientSecret: 'x' },
    };
    assert.deepEqual(checkConnection(input, providers), {
      connection: {
        provider: 'two',
        name: 'Contoso',
        cloud: 'china',
        directoryId: 'contoso.onmicrosoft.com',
        organization: 'acme',
        partitionGlobalId: 'magic-7',
        signIn: 'accessToken',
      },
      secret: { accessToken: 'secret-token' },
    });
  });

  it('takes null and undefined for what may be left out, and a blank organization', () => {
    const { connection } = checkConnection(
      { ...two, organization: ' ', endpoint: null, cloud: undefined, directoryId: null },
      providers,
    );
    assert.deepEqual(Object.keys(connection).sort(), ['name', 'partitionGlobalId', 'provider', 'signIn']);
  });

  it('keeps a choice of workspaces for the whole tenant only, and none where all are wanted', () => {
    const choice = (workspaces: unknown, scope = 'admin') =>
      checkConnection({ ...one, scope, workspaces }, providers).connection.workspaces;
    const id = '0f084df7-c13d-451b-af5f-ed0c466403b2';
    const given = { leaveOut: ['deleted', 'personal', 'deleted'], capacityIds: [` ${id} `, id], more: 1 };
    assert.deepEqual(choice(given), { leaveOut: ['personal', 'deleted'], capacityIds: [id] });
    assert.equal(choice(given, 'member'), undefined);
    assert.equal(checkConnection({ ...two, scope: 'admin', workspaces: given }, providers).connection.scope, undefined);
    for (const all of [null, {}, { leaveOut: [], capacityIds: [] }, { leaveOut: null }]) {
      assert.equal(choice(all), undefined);
    }
    const ids = (count: number) => Array.from({ length: count }, (_, n) => id.slice(0, -3) + (n + 100));
    assert.equal(choice({ capacityIds: ids(50) })?.capacityIds?.length, 50);
    for (const bad of [
      'all',
      { leaveOut: ['all'] },
      { leaveOut: [1] },
      { capacityIds: id },
      { capacityIds: ids(51) },
    ]) {
      assert.throws(() => choice(bad), isInvalid);
    }
    assert.throws(() => choice({ capacityIds: ['Premium One'] }), isInvalid);
  });

  it('names a foreign host, and no other', () => {
    const host = (endpoint: string) => checkConnection({ ...one, endpoint }, providers).foreignHost;
    assert.equal(host('https://one.example/prefix/'), undefined);
    assert.equal(host('http://127.0.0.1:8080'), undefined);
    assert.equal(host('https://one.example.evil.example:444'), 'one.example.evil.example:444');
    assert.equal(
      checkConnection({ ...one, endpoint: 'https://one.example/prefix/' }, providers).connection.endpoint,
      'https://one.example/prefix',
    );
  });

  it('takes any https or loopback endpoint for a registered provider, and its token only', () => {
    const other = { ...one, provider: 'other', partitionGlobalId: 'x', scope: 'odd' };
    assert.deepEqual(checkConnection({ ...other, endpoint: 'https://any.example' }, providers), {
      connection: { provider: 'other', name: 'Contoso', endpoint: 'https://any.example', signIn: 'accessToken' },
      secret: { accessToken: 'secret-token' },
    });
    assert.throws(() => checkConnection({ ...other, endpoint: 'http://any.example' }, providers), isInvalid);
    assert.throws(() => checkConnection({ ...other, auth: { method: 'microsoft' } }, providers), isInvalid);
  });

  for (const [what, input] of Object.entries({
    'no object': undefined,
    null: null,
    text: 'x',
    list: [one],
    'an unknown provider': { ...one, provider: 'three' },
    'no provider': { name: 'x', auth },
    'a provider that is no text': { ...one, provider: ['one'] },
    'no name': { ...one, name: undefined },
    'a blank name': { ...one, name: ' \t' },
    'a name that is no text': { ...one, name: 5 },
    'a long name': { ...one, name: 'x'.repeat(201) },
    'an empty endpoint': { ...one, endpoint: '' },
    'an endpoint that is no text': { ...one, endpoint: {} },
    'plain http': { ...one, endpoint: 'http://one.example' },
    'a user in the endpoint': { ...one, endpoint: 'https://secret-token@one.example' },
    'an unknown cloud': { ...one, cloud: 'mars' },
    'an inherited name as cloud': { ...one, cloud: 'constructor' },
    'a cloud without the service': { ...one, cloud: 'usGov' },
    'an odd scope': { ...one, scope: 'all' },
    'an odd directory': { ...one, directoryId: 'a/b' },
    'an organization that is no text': { ...two, organization: 7 },
    'no partition': { ...two, partitionGlobalId: undefined },
    'a blank partition': { ...two, partitionGlobalId: ' ' },
    'no auth': { ...one, auth: undefined },
    'an unknown method': { ...one, auth: { method: 'password', accessToken: 'secret-token' } },
    'a method that the provider lacks': { ...one, auth: { method: 'microsoft' } },
    'no token': { ...one, auth: { method: 'accessToken' } },
    'a blank token': { ...one, auth: { method: 'accessToken', accessToken: ' ' } },
    'only "Bearer"': { ...one, auth: { method: 'accessToken', accessToken: 'Bearer ' } },
    'a token with a space': { ...one, auth: { method: 'accessToken', accessToken: 'secret-token x' } },
    'a token with a line feed': { ...one, auth: { method: 'accessToken', accessToken: 'secret-token\r\nX-Evil: 1' } },
    'a token with a dash that is none': { ...one, auth: { method: 'accessToken', accessToken: 'secret-token–' } },
  })) {
    it(`refuses ${what}`, () => assert.throws(() => checkConnection(input, providers), isInvalid));
  }

  it('takes a cloud where the service is not known to run when the endpoint is given', () => {
    const { connection } = checkConnection({ ...one, cloud: 'usGov', endpoint: 'https://one.example' }, providers);
    assert.deepEqual([connection.cloud, connection.endpoint], ['usGov', 'https://one.example']);
  });
});

describe('The checks of single fields', () => {
  it('say what is wrong, or nothing', () => {
    assert.deepEqual(['', ' x ', 'x'.repeat(200), 'x'.repeat(201)].map(nameProblem), [
      'empty',
      undefined,
      undefined,
      'tooLong',
    ]);
    assert.deepEqual(['', 'bearer', 'Bearer  a.b-c_d', 'a b', 'ü'].map(tokenProblem), [
      'empty',
      'empty',
      undefined,
      'characters',
      'characters',
    ]);
    assert.equal(cleanToken('  bearer abc '), 'abc');
    assert.equal(cleanToken('bearerabc'), 'bearerabc');
    assert.equal(fieldProblem('partitionGlobalId', ' ', 'accessToken'), 'empty');
    assert.equal(fieldProblem('partitionGlobalId', ' ', 'oauth'), undefined);
    assert.equal(fieldProblem('partitionGlobalId', 'magic-7', 'accessToken'), undefined);
    assert.equal(fieldProblem('organization', '', 'accessToken'), undefined);
  });
});

describe('serviceRoot', () => {
  const endpoints = { public: 'https://a.example', china: 'https://b.example' };
  const stored = { provider: 'one', name: 'x', signIn: 'accessToken' } as const;

  it('is the given endpoint, else the cloud, else the public cloud', () => {
    assert.equal(
      serviceRoot({ ...stored, endpoint: 'https://c.example', cloud: 'china' }, endpoints),
      'https://c.example',
    );
    assert.equal(serviceRoot({ ...stored, cloud: 'china' }, endpoints), 'https://b.example');
    assert.equal(serviceRoot(stored, endpoints), 'https://a.example');
    assert.throws(() => serviceRoot({ ...stored, cloud: 'usGov' }, endpoints), isInvalid);
  });
});

function isInvalid(error: unknown): boolean {
  return (
    isAppError(error, 'invalid') && !error.message.includes('secret-token') && !/undefined|\[object/.test(error.message)
  );
}
