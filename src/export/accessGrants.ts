import type { AccessResult } from '../core/access/result.ts';
import { cancelled } from '../core/errors.ts';
import { isGuest, type Member } from '../core/model.ts';
import type { StoreReads } from '../core/store.ts';
import { createTurns } from '../core/turns/turns.ts';
import type { ExportRow } from './row.ts';

type Principal = Pick<ExportRow, 'principalName' | 'email' | 'principalId' | 'type' | 'guest' | 'source'>;

/** Rows handed over at once. */
const sliceRows = 100;

/** The grants of results, one row a way: who gets into the group, then what is reached. In slices, with pauses. */
export async function* accessGrants(
  reader: StoreReads,
  results: readonly AccessResult[],
  signal: AbortSignal,
): AsyncGenerator<readonly ExportRow[]> {
  const turns = createTurns();
  let rows: ExportRow[] = [];
  for (const result of results) {
    for (const row of grantsOf(reader, result)) {
      if (turns.isOver()) await turns.next();
      if (signal.aborted) throw cancelled();
      if (rows.push(row) < sliceRows) continue;
      yield rows;
      rows = [];
    }
  }
  if (rows.length > 0) yield rows;
}

function* grantsOf(reader: StoreReads, result: AccessResult): Generator<ExportRow> {
  const { subject, within, tenants, principals } = result;
  const byKey = new Map(principals.map((one) => [one.key, one]));
  if (subject.group && within) {
    const group = groupFields(reader, subject.group);
    for (const { tenantId, groupId, memberId, ways, name } of within.members) {
      const member = reader.member(tenantId, groupId, memberId);
      const who = member ? principalOf(member) : { ...nobody(name), principalId: memberId };
      for (const { right = null, path } of ways) yield { ...group, ...who, right, path };
    }
  }
  for (const { groups } of tenants) {
    for (const reached of groups) {
      const group = groupFields(reader, reached);
      for (const { principal, right = null, path } of reached.ways) {
        const known = byKey.get(principal);
        const who: Principal = known
          ? {
              principalName: known.name,
              email: known.email ?? null,
              principalId: known.id,
              type: known.principalType,
              guest: known.isGuest,
              source: known.source ?? null,
            }
          : nobody(subject.name);
        yield { ...group, ...who, right, path };
      }
    }
  }
}

function groupFields(
  reader: StoreReads,
  { tenantId, groupId }: { readonly tenantId: string; readonly groupId: string },
): Omit<ExportRow, keyof Principal | 'right' | 'path'> {
  const tenant = reader.tenant(tenantId);
  const group = reader.group(tenantId, groupId);
  const own = group?.details.id;
  return {
    tenant: tenant?.name ?? tenantId,
    provider: tenant?.provider ?? '',
    groupName: group?.name ?? groupId,
    groupId: typeof own === 'string' ? own : groupId,
    kind: group?.kind ?? 'unknown',
    asOf: group?.members.asOf ?? null,
    completeness: group?.members.state ?? 'notLoaded',
  };
}

function principalOf(member: Member): Principal {
  const own = member.details.id;
  return {
    principalName: member.name,
    email: member.email ?? null,
    principalId: typeof own === 'string' ? own : member.identifier,
    type: member.principalType,
    guest: isGuest(member),
    source: member.source ?? null,
  };
}

/** Who went away while it was read. */
function nobody(name: string): Principal {
  return { principalName: name, email: null, principalId: '', type: 'unknown', guest: false, source: null };
}
