import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ListingKey } from '../../../src/core/listing.ts';
import type { Access } from '../../../src/core/model.ts';
import type { Decode, DecodedPage, PageRequest } from '../../../src/core/provider/provider.ts';
import type { StoreReader } from '../../../src/core/store.ts';
import { openForWriting } from '../../../src/store/open.ts';
import { createStoreReader } from '../../../src/store/reader.ts';
import { createSql, type Sql } from '../../../src/store/sql.ts';
import { createWriter, type Writer } from '../../../src/store/writer.ts';
import { contoso, contosoGroups, group } from './rows.ts';

export * from './rows.ts';

const cleanups: (() => void)[] = [];

afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
});

/** Runs when the test is over, the last one first. */
export function afterTest(cleanup: () => void): void {
  cleanups.push(cleanup);
}

/** A path for a store in a folder of its own, gone after the test. */
export function storePath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  afterTest(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'store', 'store.db');
}

/** The page as the test wrote it: its bytes are the decoded page in JSON. */
const decode: Decode = (bytes) => JSON.parse(new TextDecoder().decode(bytes)) as DecodedPage;

export const request: PageRequest = { url: 'https://service.example/1', shape: 'test', state: {} };

export interface OpenedWriter {
  readonly writer: Writer;
  readonly sql: Sql;
  /** Writes a page of the load as if the service had sent it. */
  page(load: number, page: Partial<DecodedPage>): ReturnType<Writer['page']>;
  /** A whole load in one go. */
  load(listing: ListingKey, ...pages: Partial<DecodedPage>[]): ReturnType<Writer['end']>;
}

let loads = 1;

function tickingClock(): () => string {
  let time = Date.UTC(2030, 0, 1);
  return () => {
    time += 1000;
    return new Date(time).toISOString();
  };
}

/** A writer on the store; its clock ticks by a second each time it is read, unless the test brings one. */
export function openWriter(path: string, now = tickingClock()): OpenedWriter {
  const { db } = openForWriting(path);
  afterTest(() => {
    if (db.isOpen) db.close();
  });
  const sql = createSql(db);
  const writer = createWriter(sql, { decoders: { test: decode }, nextLoadId: () => loads++, now });
  const page: OpenedWriter['page'] = (load, sent) => writer.page(load, 'test', request, pageBytes(sent));
  return {
    writer,
    sql,
    page,
    load: (listing, ...pages) => {
      const load = writer.begin(listing);
      for (const sent of pages) page(load, sent);
      return writer.end(load, {});
    },
  };
}

export function pageBytes(page: Partial<DecodedPage>): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify({ malformed: 0, ...page }));
}

export function openReader(path: string): ReturnType<typeof createStoreReader> {
  const reader = createStoreReader({ path });
  afterTest(() => reader.close());
  return reader;
}

export const firstPage = { offset: 0, limit: 1000 };
export const allRows = { offset: 0, limit: 1_000_000 };

/**
 * Each index is read first: SQLite's check takes a connection's old idea of where its parts are for damage, when another
 * connection has written since. A query looks anew.
 */
export function integrity({ db }: Sql): unknown {
  for (const table of ['part', 'start', 'group_part', 'group_start'])
    db.prepare(`SELECT rowid FROM ${table} WHERE ${table} MATCH 'xyz'`).all();
  return db.prepare('PRAGMA integrity_check').get()?.integrity_check;
}

/** A store with the tenant Contoso and the groups given, each without its members. */
export function contosoWith(...groupIds: string[]): OpenedWriter & { readonly path: string } {
  const path = storePath();
  const opened = openWriter(path);
  opened.writer.addTenant(contoso);
  if (groupIds.length > 0) opened.load(contosoGroups, { groups: groupIds.map((id) => group(id)) });
  return { ...opened, path };
}

/** All that a search for access finds. */
export async function accessOf(reader: StoreReader, query: string): Promise<Access[]> {
  const items: Access[] = [];
  for await (const slice of reader.access(query)) items.push(...slice.items);
  return items;
}
