import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { addTenant } from '../../../src/commands/addTenant.ts';
import { editTenant } from '../../../src/commands/editTenant.ts';
import { cleanPrivateKey } from '../../../src/core/auth/checkAuth.ts';
import { AppError, isAppError } from '../../../src/core/errors.ts';
import type { ServiceProvider } from '../../../src/core/provider/provider.ts';
import { createFakeDeps, run } from '../../support/fakeCommandDeps.ts';
import { fakeProviders } from '../../support/fakeProviders.ts';
import { tenantRecord } from '../../support/fakeReader.ts';
import { close, goBack, type Reply } from '../../support/fakeUi.ts';

const methods: Readonly<Record<string, Partial<ServiceProvider>>> = {
  powerbi: {
    identity: 'microsoft',
    signInMethods: ['microsoft', 'interactive', 'deviceCode', 'clientCredentials', 'accessToken'],
  },
  uipath: { identity: 'uipath', signInMethods: ['oauth', 'clientCredentials', 'accessToken'] },
};

function deps(...replies: Reply[]) {
  const fake = createFakeDeps(...replies);
  fake.providerList = fakeProviders.map((provider) => ({ ...provider, ...methods[provider.id] }));
  return fake;
}

const microsoft = 'Microsoft account of VS Code';
const ownApp = 'Browser, with your own app registration';
const clientId = 'a3c7b1de-0000-4000-8000-1234567890ab';
const thumbprint = 'ab'.repeat(32);
const contoso = { id: 'dir-contoso', name: 'Contoso', domain: 'contoso.example' };
const fabrikam = { id: 'dir-fabrikam', name: 'Fabrikam' };

describe('addTenant with a person who signs in', () => {
  it("adds each of the account's directories that is ticked", async () => {
    const fake = deps('Power BI', microsoft, 'Public cloud', 'My workspaces', ['Contoso', 'Fabrikam']);
    fake.directories = [contoso, fabrikam];
    fake.signIn = async () => ({ accountId: 'ana', account: 'ana@contoso.example', directoryId: contoso.id });
    await run(addTenant, fake);
    assert.deepEqual(
      fake.added.map(({ name, directoryId, auth }) => ({ name, directoryId, auth })),
      [contoso, fabrikam].map(({ id, name }) => ({ name, directoryId: id, auth: { method: 'microsoft' } })),
    );
    assert.deepEqual(fake.ui.shown.at(-1)?.picked, ['Contoso']);
    assert.equal(fake.discarded, 0);
  });

  it('proposes the name of the one directory, and asks for one that cannot be listed', async () => {
    const one = deps('Power BI', microsoft, 'Public cloud', 'My workspaces', ['Contoso'], 'Contoso');
    one.directories = [contoso, fabrikam];
    await run(addTenant, one);
    assert.equal(one.ui.shown.at(-1)?.value, 'Contoso');
    assert.deepEqual([one.added[0]?.name, one.added[0]?.directoryId], ['Contoso', contoso.id]);
    for (const [kind, why] of [
      ['forbidden', /cannot be listed: the app may lack .*user_impersonation of Azure Service Management/],
      ['offline', /cannot be listed: told: offline\./],
    ] as const) {
      const none = deps('Power BI', microsoft, 'Public cloud', 'My workspaces', 'contoso.example', 'Mine');
      none.listDirectories = () => Promise.reject(new AppError(kind, '[said](command:evil)'));
      await run(addTenant, none);
      assert.deepEqual([none.added[0]?.name, none.added[0]?.directoryId], ['Mine', 'contoso.example']);
      const { text } = none.ui.shown.at(-2) ?? {};
      assert.match(text ?? '', why);
      assert.doesNotMatch(text ?? '', /said/);
    }
    const alone = deps('Power BI', microsoft, 'Public cloud', 'My workspaces', 'contoso.example', 'Mine');
    alone.directories = [contoso];
    await run(addTenant, alone);
    assert.doesNotMatch(alone.ui.shown.at(-2)?.text ?? '', /cannot be listed/);
  });

  it('asks what an application of the own needs before', async () => {
    const fake = deps('Power BI', ownApp, 'Public cloud', 'My workspaces', '', clientId, '', 'Mine');
    await run(addTenant, fake);
    assert.deepEqual(fake.added[0]?.auth, { method: 'interactive', clientId });
  });

  it('asks a UiPath person for the application only, and proposes what signing in told', async () => {
    const fake = deps(
      ...['UiPath', 'Browser, with an external application', 'https://cloud.uipath.com', clientId],
      ...['acme', 'Acme'],
    );
    fake.signIn = async () => ({ accountId: 'ana', account: 'ana', organization: 'acme', partitionGlobalId: 'p' });
    await run(addTenant, fake);
    assert.deepEqual(
      fake.ui.shown.slice(-2).map(({ value }) => value),
      ['acme', 'acme'],
    );
    const [added] = fake.added;
    assert.deepEqual([added?.organization, added?.name, added?.auth.method], ['acme', 'Acme', 'oauth']);
  });

  it('asks for the organization before, where signing in is to name it', async () => {
    for (const [typed, told, expected] of [
      ['acme', 'other', 'acme'],
      ['', 'found', 'found'],
    ] as const) {
      const chosen = ['UiPath', 'Browser, with an external application', 'https://cloud.uipath.com', typed, clientId];
      const fake = deps(...chosen, 'Acme');
      fake.sendsOrganization = () => true;
      const asked: (string | undefined)[] = [];
      fake.signIn = async ({ organization }) => {
        asked.push(organization);
        return { accountId: 'ana', account: 'ana', organization: told };
      };
      await run(addTenant, fake);
      assert.deepEqual(asked, [typed === '' ? undefined : typed]);
      assert.equal(fake.added[0]?.organization, expected);
    }
  });

  it('takes the name of the organization out of an address, or says what to type', async () => {
    const prompt = /^The name of the organization/;
    for (const typed of [
      'acme',
      'https://cloud.uipath.com/acme/portal_/home?x=1#y',
      'cloud.uipath.com/acme/',
      ' https://suite.example/acme ',
    ]) {
      const fake = deps('UiPath', 'Confidential external application', 'Acme', 'https://cloud.uipath.com', typed);
      fake.ui.replies.push(clientId, 'secret');
      await run(addTenant, fake);
      assert.equal(fake.added[0]?.organization, 'acme', typed);
    }
    const fake = deps('UiPath', 'Confidential external application', 'Acme', 'https://cloud.uipath.com', close);
    await assert.rejects(run(addTenant, fake));
    const { options } = fake.ui.shown.find(({ text }) => prompt.test(text)) ?? {};
    for (const typed of ['https://cloud.uipath.com/', 'cloud.uipath.com/portal_/x', 'https://cloud.uipath.com/%zz'])
      assert.match(options?.validate?.(typed) ?? '', /name alone/, typed);
    for (const typed of ['', 'acme', 'ac-me_2']) assert.equal(options?.validate?.(typed), undefined);
  });

  it('goes back when signing in is cancelled, and leaves nothing of it', async () => {
    let attempts = 0;
    const fake = deps(
      ...['UiPath', 'Browser, with an external application', 'https://cloud.uipath.com', 'first', 'second'],
      ...['acme', 'Acme'],
    );
    fake.signIn = async () => {
      attempts += 1;
      if (attempts === 1) throw new AppError('cancelled', 'x');
      return { accountId: 'ana', account: 'ana' };
    };
    await run(addTenant, fake);
    assert.deepEqual([fake.added.length, fake.discarded], [1, 1]);
    assert.deepEqual(fake.added[0]?.auth, { method: 'oauth', clientId: 'second' });
  });

  it('tells what failed; then the tenant may be kept signed out, or not at all', async () => {
    const replies: Reply[] = ['UiPath', 'Browser, with an external application', 'https://cloud.uipath.com', clientId];
    const kept = deps(...replies, 'Keep Signed Out', 'Later');
    kept.signIn = () => Promise.reject(new AppError('forbidden', 'access_denied'));
    kept.attempt = () => Promise.reject(new Error('Nothing can be tried.'));
    await run(addTenant, kept);
    assert.equal(kept.added[0]?.name, 'Later');
    assert.ok(kept.ui.shown.some(({ text }) => /access_denied/.test(text)));
    const left = deps(...replies, close);
    left.signIn = kept.signIn;
    await assert.rejects(run(addTenant, left), (error) => isAppError(error, 'cancelled'));
    assert.deepEqual([left.added, left.discarded], [[], 1]);
  });

  it('discards a sign-in whose dialog is closed later', async () => {
    const fake = deps('Power BI', microsoft, 'Public cloud', 'My workspaces', close);
    fake.directories = [contoso, fabrikam];
    await assert.rejects(run(addTenant, fake), (error) => isAppError(error, 'cancelled'));
    assert.deepEqual([fake.added, fake.discarded], [[], 1]);
  });

  it('keeps a given connection signed out, without trying it', async () => {
    const fake = deps();
    fake.attempt = () => Promise.reject(new Error('Nothing can be tried.'));
    const connection = { provider: 'uipath', name: 'Acme', auth: { method: 'oauth', clientId } };
    await run(addTenant, fake, connection);
    assert.deepEqual(fake.added, [connection]);
  });
});

describe('addTenant with an application that signs in', () => {
  const before: Reply[] = ['Power BI', 'Service principal', 'Contoso', 'Public cloud', 'My workspaces', 'contoso.com'];

  it('takes a client secret', async () => {
    const fake = deps(...before, clientId, 'Client secret', 'a~secret');
    await run(addTenant, fake);
    assert.deepEqual(fake.added[0]?.auth, { method: 'clientCredentials', clientId, clientSecret: 'a~secret' });
    assert.equal(fake.added[0]?.directoryId, 'contoso.com');
    assert.equal(fake.ui.shown.at(-1)?.options?.isSecret, true);
  });

  it('takes a certificate from a file, whose fingerprint is asked for where the certificate is not in it', async () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const fake = deps(
      ...[...before, clientId, 'Certificate from a file (PEM)'],
      ...['no key', 'Choose Another File', privateKey, thumbprint.toUpperCase()],
    );
    await run(addTenant, fake);
    const certificate = { privateKey: cleanPrivateKey(privateKey), thumbprintSha256: thumbprint };
    assert.deepEqual(fake.added[0]?.auth, { method: 'clientCredentials', clientId, certificate });
  });

  it('asks UiPath applications for a secret only', async () => {
    const fake = deps(
      ...['UiPath', 'Confidential external application', 'Acme', 'https://cloud.uipath.com', 'acme'],
      ...[clientId, 'secret'],
    );
    await run(addTenant, fake);
    assert.deepEqual(fake.added[0]?.auth, { method: 'clientCredentials', clientId, clientSecret: 'secret' });
  });

  it('forgets the secret of the one way when another one is chosen', async () => {
    const fake = deps(
      'UiPath',
      'Personal access token',
      goBack,
      'Confidential external application',
      'Acme',
      ...['https://cloud.uipath.com', 'acme', clientId, 'secret'],
    );
    await run(addTenant, fake);
    assert.equal(fake.added[0]?.auth.method, 'clientCredentials');
  });
});

describe('editTenant', () => {
  it('changes the way of signing in, and signs in at once', async () => {
    const fake = deps(
      'Acme',
      'https://cloud.uipath.com',
      'acme',
      'p',
      'Browser, with an external application',
      clientId,
    );
    const connection = { organization: 'acme', partitionGlobalId: 'p', signIn: 'accessToken' } as const;
    fake.reader.setTenants([
      tenantRecord('a', {
        name: 'Acme',
        provider: 'uipath',
        connection: { provider: 'uipath', name: 'Acme', ...connection },
      }),
    ]);
    await run(editTenant, fake, { tenantId: 'a' });
    assert.deepEqual(fake.edited, [{ tenantId: 'a', change: { auth: { method: 'oauth', clientId } } }]);
    assert.deepEqual(fake.signedIn, ['a']);
  });

  it('keeps the secret of an application when none is entered', async () => {
    const fake = deps(
      'Acme',
      'https://cloud.uipath.com',
      'acme',
      '',
      'Confidential external application',
      clientId,
      '',
    );
    const connection = { organization: 'acme', signIn: 'clientCredentials', clientId } as const;
    fake.reader.setTenants([
      tenantRecord('a', {
        name: 'Acme',
        provider: 'uipath',
        connection: { provider: 'uipath', name: 'Acme', ...connection },
      }),
    ]);
    await run(editTenant, fake, { tenantId: 'a' });
    assert.deepEqual(fake.edited, []);
  });
});
