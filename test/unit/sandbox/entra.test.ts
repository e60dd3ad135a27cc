import assert from 'node:assert/strict';
import { createSandboxApp } from '../../../src/sandbox/app.ts';
import { entraTenant } from '../../../src/sandbox/entra/tenant.ts';
import { guidOf } from '../../../src/sandbox/guid.ts';
import { contosoDirectory } from '../../../src/sandbox/samples/contosoDirectory.ts';
import {
  directoryUser,
  nestedGroup,
  securityGroup,
  servicePrincipal,
} from '../../../src/sandbox/samples/directoryAccess.ts';
import { contosoPeople } from '../../../src/sandbox/samples/people.ts';
import { clientOf, rowsOf } from './client.ts';

const everybody = Object.values(contosoPeople).map(directoryUser);
const bot = servicePrincipal('Bot');
const tenant = entraTenant({
  name: 'Directory',
  groups: [
    securityGroup('Large', [...everybody, bot]),
    securityGroup('Small', [...everybody.slice(0, 2), bot, nestedGroup('Inner')]),
    securityGroup('Inner', [nestedGroup('Small'), ...everybody.slice(2, 3)]),
    securityGroup('Hidden', everybody, { visibility: 'HiddenMembership' }),
  ],
});
const path = (name: string) => `/v1.0/groups/${guidOf(`securityGroup/${name}`)}`;
const headers = { authorization: `Bearer ${tenant.accessToken}`, consistencylevel: 'eventual' };

describe('Microsoft Graph in the sandbox', () => {
  const ask = clientOf(tenant);
  const bodyOf = async (address: string) => (await (await ask(address)).json()) as Record<string, unknown>;

  it('pages by links to itself', async () => {
    const names: unknown[] = [];
    let address: string | undefined = '/v1.0/groups?$top=3';
    let pages = 0;
    while (address) {
      const body: Record<string, unknown> = await bodyOf(address);
      names.push(...(body.value as { displayName: string }[]).map(({ displayName }) => displayName));
      const link = body['@odata.nextLink'] as string | undefined;
      address = link?.slice(link.indexOf('/v1.0'));
      pages++;
    }
    assert.deepEqual([names, pages], [['Large', 'Small', 'Inner', 'Hidden'], 2]);
  });

  it('leaves service principals out of a list of members, and shows them in an expanded group', async () => {
    assert.equal((await rowsOf(ask(`${path('Small')}/members`))).length, 3);
    const { members } = await bodyOf(`${path('Small')}?$expand=members`);
    assert.equal((members as unknown[]).length, 4);
  });

  it('expands no more than twenty', async () => {
    const { members } = await bodyOf(`${path('Large')}?$select=id&$expand=members`);
    assert.equal((members as unknown[]).length, 20);
  });

  it('casts for those who ask as the documentation says', async () => {
    const cast = `${path('Large')}/members/microsoft.graph.servicePrincipal`;
    const [only, ...none] = await rowsOf(ask(`${cast}?$count=true`, headers));
    assert.deepEqual([only?.displayName, none], ['Bot', []]);
    for (const refused of [
      ask(`${cast}?$count=true`),
      ask(cast, headers),
      ask(`${path('Large')}/members/x.y?$count=true`, headers),
    ]) {
      const reply = await refused;
      const { error } = (await reply.json()) as { error: { code: string } };
      assert.deepEqual([reply.status, error.code], [400, 'Request_UnsupportedQuery']);
    }
  });

  it('shows nobody in a group that hides its members', async () => {
    assert.deepEqual(await rowsOf(ask(`${path('Hidden')}/members`)), []);
  });

  it('ends in a round of nested groups', async () => {
    const rows = await rowsOf(ask(`${path('Small')}/transitiveMembers?$top=999`));
    assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);
    assert.equal(rows.length, 5);
  });

  it('refuses what Graph refuses', async () => {
    for (const [address, status, code] of [
      ['/v1.0/groups?$top=1000', 400, 'Request_UnsupportedQuery'],
      ['/v1.0/groups?$skiptoken=x', 400, 'Directory_ExpiredPageToken'],
      ['/v1.0/groups/x/members', 404, 'Request_ResourceNotFound'],
      [`${path('Small')}?$expand=owners`, 400, 'BadRequest'],
    ] as const) {
      const reply = await ask(address);
      const { error } = (await reply.json()) as { error: { code: string; message: string } };
      assert.deepEqual([reply.status, error.code], [status, code], address);
      assert.ok(error.message);
    }
    assert.equal((await ask('/v1.0/groups', {})).status, 401);
    assert.equal((await ask('/v1.0/groups', { authorization: 'Bearer other' })).status, 401);
  });
});

describe('A batch to Microsoft Graph in the sandbox', () => {
  interface Answer {
    readonly id: string;
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: { readonly value?: readonly unknown[]; readonly error?: { readonly code: string } } & object;
  }
  const post = async (body: unknown, authorization: string | undefined = headers.authorization) =>
    createSandboxApp([tenant]).request(`/${tenant.path}/v1.0/$batch`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const get = (id: string, url: string, more: object = {}) => ({ id, method: 'GET', url, ...more });
  async function answersTo(...requests: unknown[]): Promise<readonly Answer[]> {
    const reply = await post({ requests });
    assert.equal(reply.status, 200);
    return ((await reply.json()) as { responses: Answer[] }).responses;
  }
  const small = path('Small').replace('/v1.0', '');

  it('answers each as if it had come alone, in another order', async () => {
    const cast = `${small}/members/microsoft.graph.servicePrincipal?$count=true`;
    const answers = await answersTo(
      get('a', `${small}/members`),
      get('b', cast, { headers: { ConsistencyLevel: 'eventual' } }),
      get('c', cast),
      get('d', '/groups/x/members'),
      get('e', '/nowhere'),
    );
    assert.deepEqual(
      answers.map(({ id, status, body }) => [id, status, body.value?.length ?? body.error?.code]),
      [
        ['e', 400, 'BadRequest'],
        ['d', 404, 'Request_ResourceNotFound'],
        ['c', 400, 'Request_UnsupportedQuery'],
        ['b', 200, 1],
        ['a', 200, 3],
      ],
    );
    assert.match(answers[0]?.headers['content-type'] ?? '', /^application\/json/);
  });

  it('links to further pages that can be asked for alone', async () => {
    const [answer] = await answersTo(get('a', '/groups?$top=3'));
    assert.ok(answer);
    const link = (answer.body as Record<string, string>)['@odata.nextLink'] ?? '';
    assert.match(link, /\/v1\.0\/groups\?/);
    assert.equal((await rowsOf(clientOf(tenant)(link.slice(link.indexOf('/v1.0'))))).length, 1);
  });

  it('does not do what depends on something that failed', async () => {
    const answers = await answersTo(
      get('a', '/groups/x'),
      get('b', '/groups', { dependsOn: ['a'] }),
      get('c', '/groups'),
      get('d', '/groups', { dependsOn: ['c'] }),
    );
    assert.deepEqual(Object.fromEntries(answers.map(({ id, status }) => [id, status])), {
      a: 404,
      b: 424,
      c: 200,
      d: 200,
    });
  });

  it('is refused where Graph refuses it', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => get(`${index}`, '/groups'));
    assert.equal((await answersTo(...many(20))).length, 20);
    for (const body of [
      { requests: many(21) },
      { requests: [...many(1), ...many(1)] },
      { requests: [{ id: '1', url: '/groups' }] },
      { requests: {} },
      {},
      'no JSON',
    ]) {
      assert.equal((await post(body)).status, 400, JSON.stringify(body));
    }
    assert.equal((await post({ requests: many(1) }, 'Bearer other')).status, 401);
  });
});

describe('the sample directory', () => {
  it('has every group that the other samples have as a member', async () => {
    const { contoso } = await import('../../../src/sandbox/samples/contoso.ts');
    const { fabrikam } = await import('../../../src/sandbox/samples/fabrikam.ts');
    const { northwind } = await import('../../../src/sandbox/samples/northwind.ts');
    const directory = contosoDirectory();
    const inWorkspaces = [contoso(), fabrikam()].flatMap((one) => one.workspaces.slice().flatMap(one.members));
    const inGroups = northwind().groups.slice().flatMap(northwind().members);
    const ids = [
      ...inWorkspaces.filter(({ principalType }) => principalType === 'Group').map(({ identifier }) => identifier),
      ...inGroups.filter(({ objectType }) => objectType === 'DirectoryGroup').map(({ identifier }) => identifier),
      ...directory.groups.slice().flatMap((group) =>
        directory
          .members(group)
          .filter((member) => member['@odata.type'] === '#microsoft.graph.group')
          .map(({ id }) => id),
      ),
    ];
    assert.ok(ids.length > 20);
    for (const id of ids) assert.ok(directory.group(id), id);
  });
});
