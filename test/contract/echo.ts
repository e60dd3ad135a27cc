import type { Fault } from '../support/fault.ts';

/** A service that repeats the token it was sent, in places where its words are taken from. */
function echo(reply: (token: string) => Response): Fault {
  return async ({ request }) => reply(request.headers.authorization?.replace('Bearer ', '') ?? '');
}

export const echoes: Readonly<Record<string, Fault>> = {
  'in a message': echo((token) => Response.json({ error: { message: `Bad token ${token}.` } }, { status: 400 })),
  'in a long message': echo((token) => {
    const message = `${'So many words. '.repeat(32)}${token}`;
    return Response.json({ message }, { status: 401 });
  }),
  'in text': echo((token) => new Response(`Authorization: Bearer ${token} is not good`, { status: 403 })),
  'in a header': echo((token) => new Response(null, { status: 401, headers: { 'x-powerbi-error-info': token } })),
  'in a success': echo((token) => Response.json({ error: { message: token }, errors: { token: [token] } })),
  'in broken JSON': echo((token) => new Response(`{"token":"${token}`)),
  'in the address of a redirect': echo(
    (token) => new Response(null, { status: 302, headers: { location: `/?t=${token}` } }),
  ),
};
