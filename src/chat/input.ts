import { AppError } from '../core/errors.ts';
import type { TenantRecord } from '../core/model.ts';
import { noGroupId } from '../core/noGroup.ts';
import type { GroupSummary, StoreReader } from '../core/store.ts';
import { foldText } from '../core/text/text.ts';

/** @throws AppError `invalid` */
export function readText(input: unknown, key: string): string {
  const text = readOptionalText(input, key);
  if (text === undefined) throw new AppError('invalid', `"${key}" is missing: it must be text.`);
  return text;
}

/** @throws AppError `invalid` */
export function readOptionalText(input: unknown, key: string): string | undefined {
  const value = field(input, key);
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw new AppError('invalid', `"${key}" must be text.`);
  return value.trim() === '' ? undefined : value.trim();
}

/** Rows that a call may ask for, and has without asking. */
const mostRows = 500;
const usualRows = 100;

/** Which rows of a list are wanted. @throws AppError `invalid` */
export function readPage(input: unknown): { readonly offset: number; readonly limit: number } {
  return {
    offset: readCount(input, 'offset', 0, 0, Number.MAX_SAFE_INTEGER),
    limit: readCount(input, 'limit', usualRows, 1, mostRows),
  };
}

function readCount(input: unknown, key: string, otherwise: number, least: number, most: number): number {
  const value = field(input, key) ?? otherwise;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least)
    throw new AppError('invalid', `"${key}" must be a whole number from ${least}.`);
  return Math.min(value, most);
}

/** The tenant of this id or name. @throws AppError `invalid`, `notFound` */
export function readTenant(reader: StoreReader, input: unknown): TenantRecord {
  const wanted = readText(input, 'tenant');
  const tenants = reader.tenants();
  const found = tenants.find(({ id }) => id === wanted);
  if (found) return found;
  const [named, another] = tenants.filter(({ name }) => foldText(name) === foldText(wanted));
  if (another) throw new AppError('invalid', 'There are several tenants of this name: give the id of one.');
  if (!named) throw new AppError('notFound', 'There is no such tenant. Ask for the list of tenants first.');
  return named;
}

/** The group of this id or name. @throws AppError `invalid`, `notFound` */
export function readGroup(reader: StoreReader, { id: tenantId }: TenantRecord, input: unknown): GroupSummary {
  const wanted = readText(input, 'group');
  const found = wanted === noGroupId ? undefined : reader.group(tenantId, wanted);
  if (found) return found;
  const [named, another] = groupsNamed(reader, tenantId, wanted);
  if (another) throw new AppError('invalid', 'There are several groups of this name: give the id of one.');
  if (named) return named;
  const { state } = reader.completeness({ list: 'groups', tenantId });
  throw new AppError(
    'notFound',
    state === 'complete'
      ? 'There is no such group in this tenant.'
      : `No such group is known, but the tenant's list of groups is ${state}, so it may be there all the same.`,
  );
}

/** In a tenant of many groups the name may stand in thousands of others. */
function groupsNamed(reader: StoreReader, tenantId: string, wanted: string): readonly GroupSummary[] {
  const named: GroupSummary[] = [];
  for (let offset = 0; ; offset += mostRows) {
    const alike = reader.groups(tenantId, { filter: wanted, offset, limit: mostRows });
    named.push(...alike.filter(({ name }) => foldText(name) === foldText(wanted)));
    if (alike.length < mostRows) return named;
  }
}

function field(input: unknown, key: string): unknown {
  return typeof input === 'object' && input !== null ? (input as Record<string, unknown>)[key] : undefined;
}
