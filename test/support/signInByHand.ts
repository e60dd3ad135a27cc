import type { SignInPrompts } from '../../src/core/auth/signIn.ts';

/** A person who signs in and agrees at once, without a browser, on the pages of oidc-provider. */
export const atOnce: SignInPrompts = {
  openBrowser: async (url) => {
    // Not awaited: a browser is opened and left to itself.
    void walkThrough(url);
    return true;
  },
  showCode: async () => undefined,
  isRemote: false,
  reach: async (url) => url,
};

async function walkThrough(start: string): Promise<void> {
  const cookies = new Map<string, string>();
  let url = start;
  for (let step = 0; step < 20; step += 1) {
    const form = url.includes('/interaction/') ? formOf(step) : undefined;
    const reply = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: form } : {}),
    });
    for (const cookie of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const next = reply.headers.get('location');
    if (next === null) return;
    url = new URL(next, url).href;
  }
}

/** The first page asks who it is, the second one whether they agree. */
function formOf(step: number): URLSearchParams {
  return new URLSearchParams(step < 2 ? { prompt: 'login', login: 'ana', password: 'x' } : { prompt: 'consent' });
}
