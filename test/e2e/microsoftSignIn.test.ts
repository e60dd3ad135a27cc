import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/chromium.ts';
import { ana, contoso, type EntraServer, entraTenant, person, startEntra } from '../support/entra.ts';
import { isKind, never, stage } from '../unit/auth/microsoft/stage.ts';

describe('signing in to Microsoft in a real browser', () => {
  let server: EntraServer;
  let browser: Browser;
  before(async () => {
    server = await startEntra();
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  /** Presses a button on the page that the sign-in opens; resolves to what the browser shows at the end. */
  function clicking(label: string) {
    const { promise: shown, resolve, reject } = Promise.withResolvers<string>();
    const openBrowser = async (url: string) => {
      const page = await browser.newPage();
      const click = async () => {
        await page.goto(server.local(url));
        await page.getByRole('button', { name: label }).click();
        await page.waitForURL(/^http:\/\/localhost:\d+\/$/);
        return page.getByRole('paragraph').innerText();
      };
      click().then(resolve, reject);
      return true;
    };
    return { prompts: { ...person(server, ''), openBrowser }, shown };
  }

  it('comes back by a form, and says that the page can be closed', async () => {
    const window = stage(server);
    const { prompts, shown } = clicking(`${ana.name} (${ana.userName})`);
    const tenant = entraTenant('contoso');
    const signedIn = await window.interactive.signIn?.(tenant, prompts, never);
    assert.equal(signedIn?.account, ana.userName);
    assert.match(await shown, /You are signed in/);
    const token = await window.interactive.token({ ...tenant, accountId: signedIn.accountId });
    assert.equal(server.entra.grantOf(token)?.directory.id, contoso.id);
  });

  it('says in the browser and in VS Code that consent was denied', async () => {
    const { prompts, shown } = clicking('Deny consent');
    const signIn = stage(server).interactive.signIn?.(entraTenant('contoso'), prompts, never);
    await assert.rejects(async () => signIn, isKind('forbidden', /AADSTS65004/));
    assert.match(await shown, /did not succeed/);
  });
});
