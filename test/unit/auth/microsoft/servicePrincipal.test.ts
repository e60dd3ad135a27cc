import assert from 'node:assert/strict';
import { makeAppCertificate } from '../../../support/appCertificate.ts';
import { clientId, contoso, type EntraServer, entraTenant, startEntra } from '../../../support/entra.ts';
import { isKind, type Stage, stage } from './stage.ts';

describe('a service principal', () => {
  const clientSecret = 'correct horse battery staple';
  const tenant = entraTenant('contoso', { signIn: 'clientCredentials' });
  const certificate = makeAppCertificate();
  let server: EntraServer;
  let window: Stage;

  beforeEach(async () => {
    server = await startEntra({ apps: [{ clientId, secret: clientSecret, certificate: certificate.pem }] });
    window = stage(server);
  });
  afterEach(async () => {
    await server.close();
  });

  const give = (secret: unknown) => window.secrets.set(`tenant:${tenant.id}`, JSON.stringify(secret));

  it('signs in by its secret, once for all who wait', async () => {
    await give({ clientSecret });
    const tokens = await Promise.all(Array.from({ length: 5 }, () => window.clientCredentials.token(tenant)));
    assert.equal(new Set(tokens).size, 1);
    const grant = server.entra.grantOf(tokens[0] ?? '');
    assert.deepEqual([grant?.app.clientId, grant?.account, grant?.directory.id], [clientId, undefined, contoso.id]);
    assert.equal(server.sent.length, 1);
  });

  it('signs in by its certificate, whichever way its thumbprint is written', async () => {
    const { thumbprint, privateKey } = certificate;
    for (const thumbprintSha256 of [thumbprint, thumbprint.replaceAll(':', '').toLowerCase()]) {
      await give({ certificate: { thumbprintSha256, privateKey } });
      assert.ok(server.entra.grantOf(await window.clientCredentials.token(tenant)));
    }
  });

  it('is refused with another certificate', async () => {
    const { privateKey } = makeAppCertificate();
    await give({ certificate: { thumbprintSha256: certificate.thumbprint, privateKey } });
    await assert.rejects(window.clientCredentials.token(tenant), isKind('notSignedIn', /certificate.*AADSTS700027/));
  });

  it('is refused with a wrong secret, and uses the right one as soon as it is there', async () => {
    await give({ clientSecret: 'wrong' });
    await assert.rejects(window.clientCredentials.token(tenant), isKind('notSignedIn', /secret.*AADSTS7000215/));
    await give({ clientSecret });
    await window.clientCredentials.token(tenant);
  });

  it('gets another token when the service refuses the one it has', async () => {
    await give({ clientSecret });
    const token = await window.clientCredentials.token(tenant);
    const claims = JSON.stringify({ access_token: { nbf: { essential: true, value: '1' } } });
    const renewed = await window.clientCredentials.token(tenant, { token, claims });
    assert.notEqual(renewed, token);
    assert.equal(server.entra.grantOf(renewed)?.claims, claims);
    assert.equal(await window.clientCredentials.token(tenant, { token }), renewed);
  });

  it('says what is missing or cannot be used', async () => {
    const { thumbprint: thumbprintSha256, privateKey } = certificate;
    const fails = (kind: Parameters<typeof isKind>[0], words: RegExp) =>
      assert.rejects(window.clientCredentials.token(tenant), isKind(kind, words));
    await fails('notSignedIn', /neither a secret nor a certificate/);
    await give({ certificate: { thumbprintSha256: 'abc', privateKey } });
    await fails('invalid', /thumbprint/);
    await give({ certificate: { thumbprintSha256, privateKey: certificate.pem } });
    await fails('invalid', /private key/);
    await give({ clientSecret });
    const { directoryId: _, ...connection } = tenant.connection;
    const homeless = window.clientCredentials.token({ ...tenant, connection });
    await assert.rejects(homeless, isKind('invalid', /directory/));
    const lost = { ...tenant, connection: { ...tenant.connection, directoryId: 'nowhere.example' } };
    await assert.rejects(window.clientCredentials.token(lost), isKind('invalid', /AADSTS90002/));
    assert.equal(server.sent.length, 1);
  });

  it('is forgotten with its secret', async () => {
    await give({ clientSecret });
    await window.clientCredentials.token(tenant);
    await window.clientCredentials.signOut(tenant);
    assert.equal(await window.secrets.get(`tenant:${tenant.id}`), undefined);
    await assert.rejects(window.clientCredentials.token(tenant), isKind('notSignedIn'));
  });
});
