import assert from 'node:assert/strict';
import type { Send } from '../../../../src/core/http/http.ts';
import type { Cloud } from '../../../../src/core/model.ts';
import { noAccounts } from '../../../support/core.ts';
import { contoso, type EntraServer, entraTenant, startEntra } from '../../../support/entra.ts';
import { never, stage } from './stage.ts';

interface Expected {
  readonly signIn: string;
  readonly powerBI: string;
  readonly graph: string;
  readonly arm: string;
}

const worldwide = { signIn: 'login.microsoftonline.com', arm: 'management.azure.com', graph: 'graph.microsoft.com' };
const usGov = { signIn: 'login.microsoftonline.us', arm: 'management.usgovcloudapi.net' };

const clouds: Readonly<Record<Cloud, Expected>> = {
  public: { ...worldwide, powerBI: 'analysis.windows.net' },
  usGov: { ...worldwide, powerBI: 'analysis.usgovcloudapi.net' },
  usGovHigh: { ...usGov, graph: 'graph.microsoft.us', powerBI: 'high.analysis.usgovcloudapi.net' },
  usGovDod: { ...usGov, graph: 'dod-graph.microsoft.us', powerBI: 'mil.analysis.usgovcloudapi.net' },
  china: {
    // MSAL's own name for what we call login.chinacloudapi.cn.
    signIn: 'login.partner.microsoftonline.cn',
    graph: 'microsoftgraph.chinacloudapi.cn',
    powerBI: 'analysis.chinacloudapi.cn',
    arm: 'management.chinacloudapi.cn',
  },
};

describe('of the clouds of Microsoft', () => {
  let server: EntraServer;
  before(async () => {
    server = await startEntra();
  });
  after(() => server.close());

  for (const [name, { signIn, powerBI, graph, arm }] of Object.entries(clouds)) {
    const cloud = name as Cloud;

    it(`${cloud} signs in at ${signIn}, for Power BI and Graph as they are called there`, async () => {
      const window = stage(server);
      for (const [provider, resource] of [
        ['powerbi', `${powerBI}/powerbi/api`],
        ['entra', graph],
      ] as const) {
        const tenant = { ...entraTenant(provider, { signIn: 'clientCredentials', cloud }), provider };
        await window.secrets.set(
          `tenant:${provider}`,
          JSON.stringify({ clientSecret: 'correct horse battery staple' }),
        );
        await window.clientCredentials.token(tenant);
        const { url = '', body } = server.sent.at(-1) ?? {};
        assert.equal(new URL(url).origin + new URL(url).pathname, `https://${signIn}/${contoso.id}/oauth2/v2.0/token`);
        assert.equal(new URLSearchParams(body).get('scope')?.split(' ')[0], `https://${resource}/.default`);
      }
    });

    it(`${cloud} lists directories at ${arm}`, async () => {
      const account = { id: 'ana', label: 'Ana' };
      const scopes: (readonly string[])[] = [];
      const urls: string[] = [];
      const send: Send = async ({ url }) => {
        urls.push(url);
        return { status: 200, bytes: new TextEncoder().encode('{"value":[]}'), header: () => undefined };
      };
      const vscodeAccounts = {
        ...noAccounts,
        accounts: async () => [account],
        session: async (request: { readonly scopes: readonly string[] }) => {
          scopes.push(request.scopes);
          return { accessToken: 'token', account };
        },
      };
      const window = stage(server, { send, vscodeAccounts });
      const tenant = entraTenant('x', { signIn: 'microsoft', cloud, accountId: account.id });
      assert.deepEqual(await window.microsoft.directories?.(tenant, never), []);
      assert.deepEqual(scopes, [[`https://${arm}/.default`]]);
      assert.deepEqual(urls, [`https://${arm}/tenants?api-version=2022-12-01`]);
    });
  }
});
