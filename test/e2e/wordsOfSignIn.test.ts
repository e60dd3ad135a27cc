import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { listen } from '../../src/auth/uipath/loopback.ts';
import { launchBrowser } from '../support/chromium.ts';
import { ana, type EntraServer, entraTenant, person, startEntra } from '../support/entra.ts';
import { freePorts } from '../support/identityServer.ts';
import { translateToPseudo, untranslated } from '../support/pseudo.ts';
import { never, stage } from '../unit/auth/microsoft/stage.ts';

/** The pages that the browser shows at the end of a sign-in; of a window, see words.test.ts. */
describe('the words of the pages after a sign-in', () => {
  let browser: Browser;
  let page: Page;

  before(async () => {
    browser = await launchBrowser();
    page = await browser.newPage();
  });
  after(() => browser?.close());

  const isTranslated = async () => {
    assert.match(await page.getByRole('paragraph').innerText(), /⟦/);
    assert.deepEqual(await untranslated([page.locator('html')], ['Tenant Explorer', 'VS Code']), []);
  };

  it('to UiPath are translated, whatever came of it', async () => {
    const ports = await freePorts(1);
    for (const query of ['state=guessed', 'state=own&code=x', 'state=own&error=access_denied']) {
      const loopback = await listen({ ports, state: 'own', patience: 60_000, t: translateToPseudo }, never);
      try {
        await page.goto(`http://localhost:${loopback.port}/?${query}`);
        await isTranslated();
      } finally {
        loopback.close();
      }
    }
  });

  describe('to Microsoft', () => {
    let server: EntraServer;
    before(async () => {
      server = await startEntra();
    });
    after(() => server?.close());

    for (const label of [`${ana.name} (${ana.userName})`, 'Deny consent'])
      it(`are translated: ${label}`, async () => {
        const { interactive } = stage(server, { t: translateToPseudo });
        const opened = Promise.withResolvers<void>();
        const openBrowser = async (url: string) => {
          const click = async () => {
            await page.goto(server.local(url));
            await page.getByRole('button', { name: label }).click();
            await page.waitForURL(/^http:\/\/localhost:\d+\/$/);
          };
          click().then(opened.resolve, opened.reject);
          return true;
        };
        const signIn = interactive.signIn?.(entraTenant('contoso'), { ...person(server, ''), openBrowser }, never);
        await Promise.allSettled([signIn]);
        await opened.promise;
        await isTranslated();
      });
  });
});
