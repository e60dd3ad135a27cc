import type { Row } from '../../src/tree/row.ts';
import { createTreeModel, type TreeModel } from '../../src/tree/tenants/treeModel.ts';
import { createWords } from '../../src/tree/words.ts';
import { translate } from './fakeCommandDeps.ts';
import { fakeProviders } from './fakeProviders.ts';
import { asOf, createFakeReader, type FakeReader } from './fakeReader.ts';
import { createFakeSync, type FakeSync } from './fakeSync.ts';

/** The tree over fakes, with what it told VS Code. */
export interface FakeTree {
  readonly model: TreeModel;
  readonly reader: FakeReader;
  readonly sync: FakeSync;
  /** Ids of rows to be rendered again; `*` for all. */
  readonly fired: string[];
  readonly busy: boolean[];
  /** Resolves when the tree next tells VS Code something. */
  nextFire(): Promise<void>;
  /** The rows below a row as text: `label | description`. */
  show(row: Row): Promise<readonly string[]>;
}

export function createFakeTree({ pageSize = 1000, patience = 5 } = {}): FakeTree {
  const reader = createFakeReader();
  const sync = createFakeSync(reader);
  const fired: string[] = [];
  const busy: boolean[] = [];
  let heard = Promise.withResolvers<void>();
  const nextFire = () => {
    heard = Promise.withResolvers();
    return heard.promise;
  };
  const model = createTreeModel({
    reader,
    sync,
    words: createWords(translate, 'en', () => Date.parse(asOf) + 5 * 60_000),
    explain: ({ kind }) => ({ what: `what ${kind}`, advice: `advice ${kind}` }),
    providers: () => fakeProviders,
    pageSize: () => pageSize,
    fire: (rows) => {
      fired.push(...(rows?.map(({ id }) => id) ?? ['*']));
      heard.resolve();
    },
    setBusy: (isBusy) => void busy.push(isBusy),
    patience,
    delay: 0,
  });
  sync.onDidProgress(model.onProgress);
  const show = async (row: Row) => ((await row.children?.()) ?? []).map(textOf);
  return { model, reader, sync, fired, busy, nextFire, show };
}

export function textOf(row: Row): string {
  const { label, description } = row.look();
  return description ? `${label} | ${description}` : label;
}
