/** What of a member tells which object of a directory it is. */
export interface Identified {
  readonly identifier: string;
  readonly principalType: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isGuid(text: string): boolean {
  return guid.test(text);
}

/**
 * The id by which services know the same user, group or app: Power BI tells it as `graphId`, UiPath as `externalId` or
 * behind `aad|`, Graph as `id`. Lower-case. A nested group without one is known by its identifier, in its tenant alone.
 */
export function objectIdOf({ identifier, principalType, details }: Identified): string | undefined {
  const told = guidOf(details?.graphId) ?? guidOf(details?.externalId) ?? guidOf(identifier);
  return told ?? (principalType === 'group' ? identifier.toLowerCase() : undefined);
}

function guidOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const id = value.length === 40 && /^aad\|/i.test(value) ? value.slice(4) : value;
  return id.length === 36 && guid.test(id) ? id.toLowerCase() : undefined;
}
