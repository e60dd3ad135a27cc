import assert from 'node:assert/strict';
import { groupSubject, type Subject, subjectOf } from '../../../../src/core/access/subject.ts';
import { adminRights } from '../../../../src/core/access/ways.ts';
import type { Provider } from '../../../../src/core/provider/provider.ts';
import type { MemberRow } from '../../../../src/core/provider/rows.ts';
import type { StoreReader } from '../../../../src/core/store.ts';
import type { Sync } from '../../../../src/core/sync.ts';
import { accessModels } from '../../../../src/providers/accessModels.ts';
import { type AccessModel, createAccessModel } from '../../../../src/tree/access/accessModel.ts';
import type { AccessRow } from '../../../../src/tree/access/accessRow.ts';
import { createWords } from '../../../../src/tree/words.ts';
import { translate } from '../../../support/fakeCommandDeps.ts';
import { fakeProviders } from '../../../support/fakeProviders.ts';
import { member } from '../../store/fixture.ts';

interface Staged {
  readonly pageSize?: number;
  readonly isVisible?: () => boolean;
  readonly memberOf?: Sync['memberOf'];
  readonly itemsOf?: Sync['itemsOf'];
  readonly provider?: Provider;
}

/** The view's model over a store, with what it told. */
export function modelOf(
  reader: StoreReader,
  {
    pageSize = 1000,
    isVisible = () => true,
    memberOf = () => assert.fail(),
    itemsOf = () => assert.fail(),
    provider = fakeProviders[0],
  }: Staged = {},
) {
  const errors: unknown[] = [];
  const fired: (string | undefined)[] = [];
  let heard = Promise.withResolvers<void>();
  const model = createAccessModel({
    reader,
    // A year after the rows were read.
    words: createWords(translate, 'en', () => Date.UTC(2031, 0, 1)),
    explain: ({ kind }) => ({ what: `what ${kind}`, advice: `advice ${kind}` }),
    provider: () => provider,
    isAdmin: adminRights(() => accessModels.powerbi),
    sync: { memberOf, itemsOf },
    pageSize: () => pageSize,
    fire: (row) => {
      fired.push(row?.id);
      heard.resolve();
    },
    setBusy: () => undefined,
    isVisible,
    onError: (error) => errors.push(error),
    interval: 0,
  });
  const nextFire = () => {
    heard = Promise.withResolvers();
    return heard.promise;
  };
  return { model, errors, fired, nextFire };
}

/** All rows, a step further in for each level; without ages. */
export async function textsOf(rows: readonly AccessRow[], indent = ''): Promise<string[]> {
  const texts: string[] = [];
  for (const row of rows) {
    const { label, description = '' } = row.look();
    const told = description
      .split(' · ')
      .filter((part) => !/^Jan 1, 2030$/.test(part))
      .join(' · ');
    texts.push(`${indent}${label}${told === '' ? '' : ` | ${told}`}`);
    texts.push(...(await textsOf((await row.children?.()) ?? [], `${indent}  `)));
  }
  return texts;
}

export const person = (id: string, more: Partial<MemberRow> = {}) => member(id, { name: id, ...more });

export const show = async (model: AccessModel) => textsOf(model.roots());

const never = new AbortController().signal;

export async function who(reader: StoreReader, tenantId: string, groupId: string, memberId: string): Promise<Subject> {
  const subject = await subjectOf(reader, [{ tenantId, groupId, memberId }], never);
  assert.ok(subject);
  return subject;
}

export function whichGroup(reader: StoreReader, tenantId: string, groupId: string): Subject {
  const subject = groupSubject(reader, { tenantId, groupId });
  assert.ok(subject);
  return subject;
}
