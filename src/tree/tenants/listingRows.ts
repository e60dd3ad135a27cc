import type { ListingKey } from '../../core/listing.ts';
import type { Target } from '../../core/target.ts';
import { noteLook } from '../noteLook.ts';
import type { Fact, Look, Row } from '../row.ts';
import { createListingLoad } from './listingLoad.ts';
import { createNoteRow, type NoteKind } from './noteRow.ts';
import { createPaging } from './paging.ts';
import { createRowCache, type Updatable } from './rowCache.ts';
import { hasMessage, type Told } from './told.ts';
import type { TreeContext } from './treeContext.ts';

/** So many rows are shown at first, where there are many more. */
const firstRows = 250;

/** Milliseconds until the rest follows: time to paint the first ones. */
const restAfter = 100;

/** Milliseconds in which VS Code should have asked for the rows after a load's end. */
const againAfter = 600;

/** What the rows of a listing are made of. */
export interface ListingSource<T, R> {
  readonly key: ListingKey;
  /** Waited for before the rows are shown; what it takes longer it makes known by itself. */
  ready?(): Promise<void>;
  /** Rows held that are to be shown, on all pages. */
  total(): number;
  page(offset: number, limit: number): readonly T[];
  idOf(item: T): string;
  createRow(item: T): R;
  /** Said when the listing is complete and has no rows to show; nothing if that is not known yet. */
  emptyLabel(): string | undefined;
  /** A row above all others, if there is one. */
  header?(): Look | undefined;
  /** What the row below all others stands for, if there is one; it is none of the listing's own. */
  footer?(): T | undefined;
  dispose?(): void;
}

/** The rows below a tenant or a group: what is to be told, then what is held, page by page. */
export interface ListingRows<R> {
  children(): Promise<readonly Row[]>;
  showMore(): void;
  showAll(): void;
  /** Rows that are shown. */
  get(id: string): R | undefined;
  shown(): Iterable<R>;
  /** The row with this id, after showing as many pages as it takes. */
  find(id: string): R | undefined;
  /** Equal as long as there is nothing else to show. */
  signature(): string;
  onProgress(): void;
  dispose(): void;
}

export function createListingRows<T, R extends Row & Updatable<T>>(
  context: TreeContext,
  owner: Row,
  source: ListingSource<T, R>,
): ListingRows<R> {
  const { sync } = context;
  const { t, number } = context.words;
  const { key } = source;
  const cache = createRowCache<T, R>(source.idOf, source.createRow);
  const paging = createPaging(context.pageSize);
  const load = createListingLoad(context, key, owner);
  const completeness = () => sync.completeness(key);
  /** Rows were shown: from then on all of them are, at each rendering. */
  let isBegun = false;
  let shown = 0;
  let rest: NodeJS.Timeout | undefined;
  /** The state of which the rows tell, as they were last asked for. */
  let said: string | undefined;
  let again: NodeJS.Timeout | undefined;
  /** What tells of failures: loaded with the first one. */
  let messages: typeof import('./messages.ts') | undefined;

  const listing: Target = key.list === 'members' ? key : { tenantId: key.tenantId };
  const note = (kind: NoteKind, look: () => Look, facts?: () => Promise<readonly Fact[]>) =>
    createNoteRow(owner, kind, look, facts, listing);
  const notes = {
    filter: note('filter', () => source.header?.() ?? noteLook('')),
    loading: note('loading', () => {
      const { count = 0 } = completeness();
      return {
        ...noteLook(count > 0 ? t('Loading… {0} so far', number(count)) : t('Loading…'), 'loading~spin'),
        context: 'note loading',
      };
    }),
    message: note(
      'message',
      () => messages?.messageLook(context, told()) ?? noteLook(''),
      async () => (await import('./messageFacts.ts')).messageFacts(context, told()),
    ),
    stopped: note('stopped', () => ({
      ...noteLook(load.halted() ? t('Loading was stopped') : t('Not loaded'), 'circle-slash'),
      context: 'note retry',
      click: { command: 'tenantExplorer.retry', title: t('Retry') },
    })),
    empty: note('empty', () => noteLook(source.emptyLabel() ?? '')),
    more: note('more', () => ({
      ...noteLook(t('Load more'), 'ellipsis', t('{0} of {1} shown', number(shown), number(source.total()))),
      context: 'note more',
      click: { command: 'tenantExplorer.loadMore', title: t('Load more') },
    })),
  };

  /** The listing's state; or that of a load that could not even begin. */
  function told(): Told {
    const held = completeness();
    const halted = load.halted();
    if (held.state !== 'notLoaded' || !halted || halted.kind === 'cancelled') return held;
    const { kind, message, storeFault } = halted;
    return { state: 'failed', kind, reason: message, ...(storeFault ? { storeFault } : {}) };
  }

  function render(): readonly Row[] {
    const held = told();
    said = JSON.stringify(held);
    const total = source.total();
    const items = source.page(0, firstOf(Math.min(paging.limit(), total)));
    shown = items.length;
    const footer = source.footer?.();
    const rows = cache.show(footer === undefined ? items : [...items, footer]);
    const all: Row[] = source.header?.() ? [notes.filter] : [];
    if (held.state === 'loading') all.push(notes.loading);
    if (hasMessage(held)) all.push(notes.message);
    if (held.state === 'notLoaded') all.push(notes.stopped);
    // A filter that hides all that is held says so, however complete that is.
    const isHidden = held.state !== 'loading' && (held.count ?? 0) > 0;
    const isEmpty = total === 0 && (held.state === 'complete' || isHidden);
    if (isEmpty && source.emptyLabel() !== undefined) all.push(notes.empty);
    // Not `push(...rows)`: a hundred thousand arguments are too many.
    const more = total > items.length ? [notes.more] : [];
    return all.concat(rows.slice(0, items.length), more, rows.slice(items.length));
  }

  /** VS Code takes all rows of a listing in one go: a screenful is there long before ten thousand rows are. */
  function firstOf(limit: number): number {
    if (isBegun) return limit;
    const isMuch = limit > 2 * firstRows;
    // While it loads, rows still come in between.
    if (completeness().state !== 'loading') {
      isBegun = limit > 0;
      if (isMuch) rest = setTimeout(show, restAfter);
    }
    return isMuch ? firstRows : limit;
  }

  function show(): void {
    context.changed(owner);
  }

  /** VS Code passes over a change that it hears of while it still fetches the rows before it. */
  function tellAgain(times: number): void {
    clearTimeout(again);
    if (times === 0 || said === undefined) return;
    again = setTimeout(() => {
      const now = told();
      if (now.state === 'loading' || said === JSON.stringify(now)) return;
      show();
      tellAgain(times - 1);
    }, againAfter);
  }

  return {
    children: async () => {
      await load.open();
      await source.ready?.();
      if (hasMessage(told())) messages ??= await import('./messages.ts');
      return render();
    },
    showMore: () => {
      // Of the first rows alone: the rest of the page.
      if (isBegun) paging.more();
      isBegun = true;
      show();
    },
    showAll: () => {
      isBegun = true;
      paging.all();
      show();
    },
    get: (id) => cache.get(id),
    shown: () => cache.values(),
    find: (id) => {
      const footer = source.footer?.();
      const isFooter = footer !== undefined && source.idOf(footer) === id;
      const index = isFooter ? 0 : indexOf(source, id, context.pageSize());
      if (index === undefined) return undefined;
      if (index >= paging.limit()) {
        paging.include(index);
        show();
      }
      if (!cache.get(id)) {
        isBegun = true;
        render();
        show();
      }
      return cache.get(id);
    },
    signature: () => JSON.stringify([completeness(), source.total()]),
    onProgress: () => {
      load.onProgress(notes.loading);
      if (completeness().state !== 'loading') tellAgain(3);
    },
    dispose: () => {
      clearTimeout(rest);
      clearTimeout(again);
      load.dispose();
      source.dispose?.();
    },
  };
}

function indexOf<T, R>({ page, idOf }: ListingSource<T, R>, id: string, pageSize: number): number | undefined {
  for (let offset = 0; ; offset += pageSize) {
    const items = page(offset, pageSize);
    const index = items.findIndex((item) => idOf(item) === id);
    if (index >= 0) return offset + index;
    if (items.length === 0) return undefined;
  }
}
