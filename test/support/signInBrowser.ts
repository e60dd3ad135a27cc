import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { SignInPrompts } from '../../src/core/auth/signIn.ts';
import { launchBrowser } from './chromium.ts';

/** What the person does on the pages of the sign-in service. */
export type Conduct = (page: Page) => Promise<void>;

/** A person at a real browser. */
export interface SignInBrowser {
  /** Prompts that open pages in it, where the person acts like this. */
  prompts(conduct: Conduct): SignInPrompts & { readonly opened: string[] };
  close(): Promise<void>;
}

export async function openSignInBrowser(): Promise<SignInBrowser> {
  const browser: Browser = await launchBrowser();
  const contexts: BrowserContext[] = [];
  return {
    prompts: (conduct) => {
      const opened: string[] = [];
      return {
        opened,
        openBrowser: async (url) => {
          opened.push(url);
          const context = await browser.newContext();
          contexts.push(context);
          const page = await context.newPage();
          await page.goto(url);
          void conduct(page).catch(() => undefined);
          return true;
        },
        showCode: async () => undefined,
        isRemote: false,
        reach: async (url) => url,
      };
    },
    close: async () => {
      await Promise.all(contexts.map((context) => context.close()));
      await browser.close();
    },
  };
}

/** Signs in and agrees, on the pages of oidc-provider. */
export async function agree(page: Page): Promise<void> {
  await logIn(page);
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** Signs in and agrees, but does not go back to who asked. Resolves to the address where the browser would go. */
export async function agreeOnly(page: Page): Promise<URL> {
  await logIn(page);
  let reply = await page.request.post(page.url(), { form: { prompt: 'consent' }, maxRedirects: 0 });
  for (;;) {
    const next = new URL(reply.headers().location ?? '', reply.url());
    if (next.hostname === 'localhost') return next;
    reply = await page.request.get(next.href, { maxRedirects: 0 });
  }
}

/** Signs in and refuses. */
export async function refuse(page: Page): Promise<void> {
  await logIn(page);
  await page.getByRole('link', { name: 'Cancel' }).click();
}

async function logIn(page: Page): Promise<void> {
  await page.getByPlaceholder('Enter any login').fill('ana');
  await page.getByPlaceholder('and password').fill('secret');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).waitFor();
}
