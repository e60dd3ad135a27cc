import assert from 'node:assert/strict';
import type { CommandDeps } from '../../../../src/commands/command.ts';
import { newAccessFile } from '../../../../src/commands/newAccessFile.ts';
import { previewAccessFile } from '../../../../src/commands/previewAccessFile.ts';
import { providers } from '../../../../src/providers/index.ts';
import { createFakeDeps, run } from '../../../support/fakeCommandDeps.ts';
import type { FakeUi, Reply } from '../../../support/fakeUi.ts';
import type { Stage } from '../../sync/changes/stage.ts';

const uri = 'file:///folder/T.access.json';

export interface FileJson {
  tenant: string;
  exact?: boolean;
  groups: {
    id?: string;
    name?: string;
    exact?: boolean;
    members: { identifier: string; name?: string; principalType?: string; accessRight?: string }[];
  }[];
}

/** A user with access files, in front of the real pipeline. @param stage the one that is open when something is done */
export function accessFiles(stage: () => Stage) {
  /** A user in front of the real pipeline, with a file in the editor. */
  function user(text: string | FileJson, ...replies: Reply[]): { readonly deps: CommandDeps; readonly ui: FakeUi } {
    const fake = createFakeDeps(...replies);
    fake.ui.edited = { uri, text: typeof text === 'string' ? text : JSON.stringify(text, undefined, 2) };
    const { reader, writer } = stage().core.store;
    const real = { reader, sync: stage().core.sync, providers: () => providers, allowChanges: writer.setAllowsChanges };
    return { deps: { ...fake, ...real }, ui: fake.ui };
  }

  /** What `newAccessFile` makes of the first group, or of the whole tenant. */
  async function written(groupId = stage().groups[0]?.id): Promise<FileJson> {
    const { deps, ui } = user('');
    await run(newAccessFile, deps, { tenantId: stage().tenantId, groupId });
    return JSON.parse(ui.newFiles[0]?.text ?? '') as FileJson;
  }

  /** Each mark: how grave, where, what. */
  function marksIn({ edited, marked }: FakeUi): readonly string[] {
    const text = edited?.text ?? '';
    return (marked.get(uri) ?? []).map(({ span: { offset, length }, severity, message }) =>
      [severity, text.slice(offset, offset + length), message].join(' | '),
    );
  }

  async function preview(text: string | FileJson) {
    const { deps, ui } = user(text);
    await run(previewAccessFile, deps);
    return { ui, marks: marksIn(ui) };
  }

  return {
    user,
    written,
    preview,
    /** Who the service has in one of the groups, with which right. */
    held: async (at = 0) =>
      new Map((await stage().actual(stage().groups[at]?.id ?? '')).map((one) => [one.identifier, one.accessRight])),
    /** Requests that change something. */
    writes: () => stage().server.count(/^(POST|PUT|DELETE) (?!.*BulkResolve)/),
  };
}

export function firstGroup(file: FileJson): FileJson['groups'][number] {
  const [group] = file.groups;
  assert.ok(group);
  return group;
}

export const lastModal = (ui: FakeUi) => ui.shown.filter(({ kind }) => kind === 'confirm').at(-1)?.text ?? '';
