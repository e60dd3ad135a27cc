// @ts-check
/**
 * @import { Group, GroupRow, MemberRow, ProviderContext, ProviderDefinition } from '../../src/api.ts'
 * @typedef {{ id: string, name: string, league?: string }} Team
 * @typedef {{ id: string, name: string, mail?: string, role: string }} Player
 */

/** @type {ProviderDefinition} */
export const clubProvider = {
  id: 'club',
  label: 'Club Directory',
  icon: 'organization',
  capabilities: ['addMember', 'changeAccessRight', 'removeMember'],
  signInMethods: ['accessToken'],

  async *listGroups(context) {
    for await (const teams of pages(context, '/teams')) {
      yield teams.map((/** @type {Team} */ team) => toGroup(team));
    }
  },

  async *listMembers(context, group) {
    for await (const players of pages(context, `/teams/${encodeURIComponent(serviceId(group))}/players`)) {
      yield players.map((/** @type {Player} */ player) => toMember(player));
    }
  },

  writes: {
    accessRights: ['Captain', 'Player'],
    addMember: (context, group, { identifier, name }, role) =>
      send(context, 'POST', playersOf(group), { id: identifier, name, role }),
    changeAccessRight: (context, group, member, role) => send(context, 'PUT', playerOf(group, member), { role }),
    removeMember: (context, group, member) => send(context, 'DELETE', playerOf(group, member)),
    searchPrincipals: async (context, text) => {
      const { items } = await get(context, `/players?startsWith=${encodeURIComponent(text)}`);
      return items.map(({ id, name }) => ({ identifier: id, name, principalType: 'user' }));
    },
  },
};

/**
 * Changes something, once. A kind that says that the club refused it ends the change; after any other one the group is
 * read back to see what came of it.
 * @param {ProviderContext} context
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 */
async function send({ connection, signal, getToken }, method, path, body) {
  const headers = { authorization: `Bearer ${await getToken()}`, 'content-type': 'application/json' };
  const request = { method, headers, signal, redirect: /** @type {const} */ ('error') };
  const sent = body === undefined ? request : { ...request, body: JSON.stringify(body) };
  const reply = await fetch(`${connection.endpoint}${path}`, sent).catch((cause) => {
    throw failure('offline', 'The club cannot be reached.', { cause });
  });
  if (!reply.ok) throw failure(kindOf(reply.status), `The club answered ${reply.status}.`, retryAt(reply));
}

const playersOf = (/** @type {Group} */ group) => `/teams/${encodeURIComponent(serviceId(group))}/players`;

const playerOf = (/** @type {Group} */ group, /** @type {import('../../src/api.ts').Member} */ member) =>
  `${playersOf(group)}/${encodeURIComponent(member.identifier)}`;

/**
 * The pages of a listing, each as soon as it is there: what came stays when a later page fails.
 * @param {ProviderContext} context
 * @param {string} path
 */
async function* pages(context, path) {
  for (let page = 1; ; page++) {
    const { items, hasMore } = await get(context, `${path}?page=${page}`);
    yield items;
    if (!hasMore) return;
  }
}

/**
 * @param {ProviderContext} context
 * @param {string} path
 * @returns {Promise<{ items: any[], hasMore: boolean }>}
 */
async function get({ connection, signal, getToken }, path) {
  const headers = { authorization: `Bearer ${await getToken()}` };
  // The signal ends the request when the user cancels.
  const reply = await fetch(`${connection.endpoint}${path}`, { headers, signal, redirect: 'error' }).catch((cause) => {
    throw failure('offline', 'The club cannot be reached.', { cause });
  });
  if (!reply.ok) throw failure(kindOf(reply.status), `The club answered ${reply.status}.`, retryAt(reply));
  const body = /** @type {any} */ (await reply.json().catch(() => undefined));
  if (!Array.isArray(body?.items)) throw failure('badResponse', 'The club answered something else than a list.');
  return body;
}

/** What a status means; the kind decides what the user is told and what the listing's state is. */
function kindOf(/** @type {number} */ status) {
  if (status === 401) return 'notSignedIn';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'notFound';
  if (status === 429) return 'throttled';
  return status >= 500 ? 'unavailable' : 'badResponse';
}

/** When a throttled service may be asked again. */
function retryAt(/** @type {Response} */ reply) {
  const seconds = Number(reply.headers.get('retry-after') ?? Number.NaN);
  return Number.isNaN(seconds) ? {} : { retryAt: new Date(Date.now() + seconds * 1000) };
}

/**
 * @param {import('../../src/api.ts').ErrorKind} kind
 * @param {string} message
 * @param {{ cause?: unknown, retryAt?: Date }} [more]
 */
function failure(kind, message, { cause, ...more } = {}) {
  return Object.assign(new Error(message, { cause }), { kind, ...more });
}

/** @returns {GroupRow} */
function toGroup(/** @type {Team} */ team) {
  return { id: team.id, name: team.name, kind: 'custom', details: { ...team } };
}

/** @returns {MemberRow} */
function toMember(/** @type {Player} */ player) {
  const { id, name, mail, role } = player;
  return {
    id,
    name,
    identifier: id,
    principalType: 'user',
    accessRight: role,
    ...(mail === undefined ? {} : { email: mail }),
    details: { ...player },
  };
}

/** The service's own id: that of a group may have a `~2` behind it where one came twice. */
function serviceId(/** @type {Group} */ group) {
  return String(group.details.id);
}
