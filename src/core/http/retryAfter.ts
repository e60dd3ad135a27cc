import type { ErrorReply } from '../provider/provider.ts';

const farthest = 30 * 24 * 3600 * 1000;

/**
 * When a service says it may be asked again: `retry-after-ms`, `x-ms-retry-after-ms` (milliseconds), `Retry-After`
 * (seconds or a date), else Power BI's "Retry in N seconds." in the body. Garbage counts as absent.
 */
export function retryAtOf(reply: ErrorReply, now: Date): Date | undefined {
  const milliseconds =
    duration(reply.header('retry-after-ms'), 1) ??
    duration(reply.header('x-ms-retry-after-ms'), 1) ??
    duration(reply.header('retry-after'), 1000) ??
    untilDate(reply.header('retry-after'), now) ??
    duration(/Retry in (\d{1,9}) seconds/i.exec(reply.body)?.[1], 1000);
  return milliseconds === undefined ? undefined : new Date(now.getTime() + Math.min(milliseconds, farthest));
}

function duration(text: string | undefined, unit: number): number | undefined {
  return text !== undefined && /^\s*\d{1,15}(\.\d+)?\s*$/.test(text) ? Number(text) * unit : undefined;
}

function untilDate(text: string | undefined, now: Date): number | undefined {
  // Dates of HTTP begin with a weekday; Date.parse alone would take "-1" for a year.
  if (text === undefined || !/^\s*[A-Za-z]{3,9},?\s/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : Math.max(0, time - now.getTime());
}
