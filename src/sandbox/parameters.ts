import type { Context } from 'hono';

/**
 * Reads a whole number from a query.
 * @returns the fallback where the parameter is missing, undefined where it is not a number within the limits.
 */
export function wholeNumber(
  text: string | undefined,
  limits: { fallback: number; min?: number; max?: number },
): number | undefined {
  if (text === undefined) return limits.fallback;
  if (!/^-?\d{1,10}$/.test(text)) return undefined;
  const value = Number(text);
  return value >= (limits.min ?? 0) && value <= (limits.max ?? 2_147_483_647) ? value : undefined;
}

/** The token of an `Authorization: Bearer` header; undefined where there is none. */
export function bearerToken(header: string | undefined): string | undefined {
  return /^Bearer (\S+)$/i.exec(header ?? '')?.[1];
}

/** The JSON object of a request's body; an empty one where there is none. */
export async function bodyOf(c: Context): Promise<Readonly<Record<string, unknown>>> {
  const body: unknown = await c.req.json().catch(() => undefined);
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {};
}
