import { isRecord } from '../../core/isRecord.ts';
/** What SecretStorage holds for an account. */
export interface AccountSecret {
  /** When the person signed in, in milliseconds: what was written before a sign-out counts no more. */
  readonly signedInAt: number;
  /** MSAL's token cache, as it serialises itself. */
  readonly tokens: string;
  /** Ids of directories that are known by a domain name. */
  readonly directories: Readonly<Record<string, string>>;
}

type Sections = Record<string, Record<string, unknown>>;

/** Our own secret, checked as if it were not: an older version or a damaged store may have written it. */
export function readSecret(text: string): AccountSecret | undefined {
  try {
    const { signedInAt, tokens, directories } = JSON.parse(text) as Record<string, unknown>;
    if (typeof signedInAt !== 'number' || typeof tokens !== 'string' || !isSections(JSON.parse(tokens)))
      return undefined;
    return { signedInAt, tokens, directories: isTexts(directories) ? directories : {} };
  } catch {
    return undefined;
  }
}

/** `theirs` with what an operation has changed from `before` to `after`: another window wrote in the meantime. */
export function mergeTokens(theirs: string, before: string, after: string): string {
  if (theirs === before) return after;
  const [merged, old, changed] = [theirs, before, after].map((text) => JSON.parse(text) as Sections);
  if (!merged || !old || !changed) return after;
  for (const section of new Set([...Object.keys(old), ...Object.keys(changed)])) {
    const entries = { ...merged[section] };
    for (const [key, value] of Object.entries(changed[section] ?? {})) {
      if (!isSame(value, old[section]?.[key])) entries[key] = value;
    }
    for (const [key, value] of Object.entries(old[section] ?? {})) {
      if (changed[section]?.[key] === undefined && isSame(entries[key], value)) delete entries[key];
    }
    merged[section] = entries;
  }
  return JSON.stringify(merged);
}

export const noTokens = '{}';

/** Takes away the access tokens of a directory. */
export function withoutDirectory(tokens: string, directoryId: string): string {
  const sections = JSON.parse(tokens) as Sections;
  const kept = Object.entries(sections.AccessToken ?? {}).filter(([, token]) => realmOf(token) !== directoryId);
  return JSON.stringify({ ...sections, AccessToken: Object.fromEntries(kept) });
}

function realmOf(token: unknown): unknown {
  return (token as { realm?: unknown }).realm;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function isSections(value: unknown): value is Sections {
  return isRecord(value) && Object.values(value).every(isRecord);
}

function isTexts(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every((text) => typeof text === 'string');
}
