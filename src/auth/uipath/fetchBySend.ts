import { AppError } from '../../core/errors.ts';
import { errorOfReply, type Send } from '../../core/http/http.ts';

/** What oauth4webapi asks of a fetch. */
type Fetch = (
  url: string,
  init: { readonly method: string; readonly headers: Record<string, string>; readonly body?: unknown },
) => Promise<Response>;

/** A request to sign-in services ends before a lock that it is sent under counts as left behind. */
const longest = 20_000;

/**
 * The project's one way to send, as a fetch that answers the platform's own Response: oauth4webapi reads no other.
 * Replies that say nothing of OAuth become their AppError here.
 */
export function fetchBySend(send: Send, signal?: AbortSignal): Fetch {
  return async (url, { method, headers, body }) => {
    const end = AbortSignal.timeout(longest);
    const either = signal ? AbortSignal.any([signal, end]) : end;
    const text = body instanceof URLSearchParams ? body.toString() : undefined;
    const request = { url, method, headers, ...(text === undefined ? {} : { body: text }) };
    const reply = await send(request, either).catch((error: unknown) => {
      if (!end.aborted || signal?.aborted) throw error;
      throw new AppError('timeout', 'The sign-in service did not answer in time.');
    });
    const isOfOAuth =
      reply.status === 200 || (reply.status >= 400 && reply.status < 500 && ![404, 408, 429].includes(reply.status));
    const error = isOfOAuth ? undefined : errorOfReply(reply, {}, new Date());
    if (error) throw error;
    const type = reply.header('content-type');
    return new Response(new Uint8Array(reply.bytes), {
      status: reply.status,
      ...(type === undefined ? {} : { headers: { 'content-type': type } }),
    });
  };
}
