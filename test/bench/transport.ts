/** Which transport carries the listings: node-fetch or the platform's fetch, in the extension host over TLS. */
import { generateTenant } from '../../src/sandbox/generatedTenant.ts';
import { makeTemporaryFolder, removeFolder } from '../support/folders.ts';
import { type SendAsks, type SendTells, sendThrough, sendThroughBoth, type TransportName } from './host/sendThrough.ts';
import { openBenchWindow } from './support/benchWindow.ts';
import { makeCertificate } from './support/certificate.ts';
import { type Bench, count, type Figure, milliseconds, told } from './support/report.ts';
import { onlyConnection, type Server, startServer } from './support/server.ts';

const rounds = 4;
const inFlight = 8;
const tenant = { provider: 'powerbi', groups: 1000, membersPerGroup: 20 } as const;

/** Where requests are sent from. */
interface Place {
  readonly name: string;
  readonly server: Server;
  both(asks: SendAsks): Promise<SendTells>;
  one(transport: TransportName, asks: SendAsks): Promise<unknown>;
}

export const bench: Bench = {
  name: 'transport',
  run: async () => {
    const folder = makeTemporaryFolder();
    const tls = makeCertificate(folder);
    const [secure, plain] = await Promise.all([tls, undefined].map(serverWith));
    if (secure === undefined || plain === undefined) throw new Error('A server is missing.');
    // The one counts where Node itself connects, the other where VS Code hands over the system's certificates.
    const window = await openBenchWindow({ env: { NODE_EXTRA_CA_CERTS: tls.path, SSL_CERT_FILE: tls.path } });
    const host: Pick<Place, 'both' | 'one'> = {
      both: (asks) => window.carryOut('sendBoth', asks),
      one: (transport, asks) => window.carryOut('sendOne', { ...asks, transport }),
    };
    try {
      return [
        ...(await measure({ name: 'over TLS in the host', server: secure, ...host })),
        ...(await measure({ name: 'over plain HTTP in the host', server: plain, ...host })),
        ...(await measure({
          name: 'over plain HTTP in Node alone',
          server: plain,
          both: sendThroughBoth,
          one: sendThrough,
        })),
      ];
    } finally {
      await window.close();
      await Promise.all([plain.stop(), secure.stop()]);
      removeFolder(folder);
    }
  },
};

function serverWith(tls: { key: string; cert: string } | undefined): Promise<Server> {
  return startServer({ tenants: [tenant], ...(tls === undefined ? {} : { tls: { key: tls.key, cert: tls.cert } }) });
}

async function measure({ name, server, both, one }: Place): Promise<Figure[]> {
  const asks = asksOf(server);
  const { nodeFetch, platformFetch } = await both(asks);
  const connectionsOf = async (transport: TransportName) => {
    await server.take();
    await one(transport, asks);
    return (await server.take()).connections;
  };
  const requests = `${count(asks.urls.length)} member requests ${name}`;
  const than = 'node-fetch';
  return [
    told({
      measure: `${requests}: the platform's fetch`,
      ours: platformFetch,
      baseline: nodeFetch,
      than,
      format: milliseconds,
    }),
    told({
      measure: `${requests}: connections that it opened`,
      ...{
        ours: await connectionsOf('platformFetch'),
        baseline: await connectionsOf('nodeFetch'),
        than,
        format: count,
      },
    }),
  ];
}

/** A request for the members of each group. */
function asksOf(server: Server): SendAsks {
  const { endpoint, auth } = onlyConnection(server);
  const generated = generateTenant(tenant);
  if (generated.provider !== 'powerbi') throw new Error('Only Power BI is measured here.');
  const ids = generated.myWorkspaces.slice().map(({ id }) => id);
  const urls = ids.map((id) => `${endpoint}/v1.0/myorg/groups/${id}/users?$top=5000&$skip=0`);
  return { urls, token: auth.accessToken, inFlight, rounds };
}
