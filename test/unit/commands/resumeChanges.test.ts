import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandDeps } from '../../../src/commands/command.ts';
import { offerToResume, resumeChanges } from '../../../src/commands/resumeChanges.ts';
import { undoLastChange } from '../../../src/commands/undoLastChange.ts';
import type { Plan } from '../../../src/core/changes/changes.ts';
import { providers } from '../../../src/providers/index.ts';
import { type Core, memorySecrets, startCore } from '../../support/core.ts';
import { createFakeDeps, run } from '../../support/fakeCommandDeps.ts';
import type { FakeUi, Reply } from '../../support/fakeUi.ts';
import { hold, status } from '../../support/faults.ts';
import { openStage, powerbi, type Stage } from '../sync/changes/stage.ts';

const { signal } = new AbortController();
const post = /^POST .*\/users$/;
const names = ['one', 'two', 'three'].map((name) => `${name}@generated.example`);
const told = /A window was closed while changes were made/;

describe('changes that a closed window left unfinished', () => {
  let stage: Stage;
  let folder: string;
  let windows: Core[];
  let token: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'resume-'));
    windows = [];
  });
  afterEach(async () => {
    for (const one of windows) await one.close();
    await stage.server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A window is closed while the second of some changes is sent, which the service never gets. */
  async function leaveUnfinished(
    count = 1,
    { match, from = 1, plan: makePlan }: { match: RegExp; from?: number; plan(stage: Stage): Promise<Plan> } = {
      match: post,
      from: 2,
      plan: (one) => one.plan(...additions(one)),
    },
  ) {
    const secrets = memorySecrets();
    const tenant = powerbi();
    token = tenant.accessToken;
    stage = await openStage(tenant, { folder, secrets, concurrency: 1 });
    for (let at = 0; at < count; at += 1) windows.push(startCore({ folder, secrets }));
    const plan = await makePlan(stage);
    const held = hold();
    stage.server.add({ match, fault: held.fault, from, times: 1 });
    const applying = stage.changes.apply(plan, { signal });
    await held.reached;
    await stage.core.close();
    await applying;
  }

  const additions = ({ groups, add }: Stage) =>
    names.map((identifier) => add(groups[0], { identifier, principalType: 'user', name: identifier }, 'Viewer'));

  /** A user in front of one of the windows. */
  function user(at: number, ...replies: Reply[]): { readonly deps: CommandDeps; readonly ui: FakeUi } {
    const core = windows[at] ?? assert.fail('no window');
    const fake = createFakeDeps(...replies);
    const real = { reader: core.store.reader, sync: core.sync, providers: () => providers };
    return { deps: { ...fake, ...real }, ui: fake.ui };
  }

  async function present(): Promise<readonly string[]> {
    const there = new Set((await stage.actual(stage.groups[0]?.id ?? '')).map(({ identifier }) => identifier));
    return names.filter((name) => there.has(name));
  }

  const outcomesLogged = async () => {
    const log = await (windows[0]?.store.reader.changeLog({ limit: 20 }) ?? []);
    return log.toReversed().map(({ outcome }) => outcome);
  };

  it('are offered at the next start, told, and gone on with', async () => {
    await leaveUnfinished();
    const { deps, ui } = user(0, 'Look at Them', 'Go On', 'Make 2 Changes');
    await offerToResume(deps, signal);
    assert.match(ui.informed[0] ?? '', told);
    const modal = ui.shown.find(({ kind }) => kind === 'confirm');
    assert.match(modal?.text ?? '', /2 of 3 are unfinished\.\nbegun, unfinished: .*two@.*\n.*three@/);
    assert.deepEqual(modal?.labels, ['Go On', 'Undo What Was Done', 'Give Up the Rest', 'Show Change Log']);
    assert.deepEqual(await present(), names);
    assert.deepEqual(await outcomesLogged(), ['applied', 'notDone', 'notDone', 'applied', 'applied']);
    // The start after that has nothing to say.
    const next = user(0);
    await offerToResume(next.deps, signal);
    assert.deepEqual(next.ui.informed, []);
  });

  it('are left for later where nobody looks at them', async () => {
    await leaveUnfinished();
    const { deps, ui } = user(0);
    await offerToResume(deps, signal);
    assert.equal(ui.shown.length, 0);
    await run(resumeChanges, deps);
    assert.equal(ui.shown.length, 1);
    assert.deepEqual(await outcomesLogged(), ['applied', 'begun', 'planned']);
    assert.deepEqual(await present(), names.slice(0, 1));
  });

  it('are given up: nothing is sent, and they are told no more', async () => {
    await leaveUnfinished();
    const sent = stage.server.count(post);
    await run(resumeChanges, user(0, 'Give Up the Rest').deps);
    assert.equal(stage.server.count(post), sent);
    assert.deepEqual(await outcomesLogged(), ['applied', 'notDone', 'notDone']);
    const { deps, ui } = user(0);
    await run(resumeChanges, deps);
    assert.deepEqual(ui.informed, ['No changes are unfinished.']);
  });

  it('are given up and what was done is taken back', async () => {
    await leaveUnfinished();
    const { deps, ui } = user(0, 'Undo What Was Done', 'Remove');
    await run(resumeChanges, deps);
    assert.deepEqual(ui.replies, []);
    assert.deepEqual(await present(), []);
    assert.deepEqual(await outcomesLogged(), ['applied', 'notDone', 'notDone', 'applied']);
  });

  it('that were given up can be undone as all others, however fresh the list of members is', async () => {
    await leaveUnfinished();
    await run(resumeChanges, user(0, 'Give Up the Rest').deps);
    const { deps, ui } = user(0, 'Remove');
    await run(undoLastChange, deps);
    assert.deepEqual(ui.replies, []);
    assert.deepEqual(await present(), []);
  });

  /** The service did what the window had sent last. */
  async function doBegun(
    address = `groups/${stage.groups[0]?.id}/users`,
    body: object = { identifier: names[1], principalType: 'User', groupUserAccessRight: 'Viewer' },
  ) {
    const reply = await fetch(`${stage.server.connections[0]?.endpoint}/v1.0/myorg/${address}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    assert.equal(reply.status, 200);
  }

  it('are not sent again where the service did them nevertheless', async () => {
    await leaveUnfinished();
    await doBegun();
    const sent = stage.server.count(post);
    const { deps, ui } = user(0, 'Go On', 'Add');
    await run(resumeChanges, deps);
    assert.deepEqual(ui.replies, []);
    assert.match(ui.shown[0]?.text ?? '', /1 of 3 are unfinished\.\nnot begun/);
    assert.equal(stage.server.count(post), sent + 1);
    assert.deepEqual(await present(), names);
    assert.deepEqual(await outcomesLogged(), ['applied', 'applied', 'notDone', 'applied']);
  });

  it('are taken back, too, where the service did them nevertheless', async () => {
    await leaveUnfinished();
    await doBegun();
    const { deps, ui } = user(0, 'Undo What Was Done', 'Make 2 Changes');
    await run(resumeChanges, deps);
    assert.deepEqual(ui.replies, []);
    assert.deepEqual(await present(), []);
  });

  it('are told as done where nothing else was left of them', async () => {
    await leaveUnfinished(1, { match: post, plan: (one) => one.plan(...additions(one).slice(1, 2)) });
    await doBegun();
    const { deps, ui } = user(0);
    await run(resumeChanges, deps);
    assert.deepEqual(ui.informed, ['A window was closed while changes were made. All of them are done.']);
    const undoing = user(0, 'Remove');
    await run(undoLastChange, undoing.deps);
    assert.deepEqual(await present(), []);
  });

  it('are not said to be done where the service had refused others: the log says which', async () => {
    await leaveUnfinished(1, {
      match: post,
      from: 2,
      plan: (one) => {
        one.server.add({ match: post, fault: status(400, { body: {} }), times: 1 });
        return one.plan(...additions(one).slice(1).toReversed());
      },
    });
    await doBegun();
    const { deps, ui } = user(0);
    await run(resumeChanges, deps);
    assert.deepEqual(await outcomesLogged(), ['failed', 'applied']);
    assert.deepEqual(ui.informed, []);
    assert.equal(ui.documents.length, 1);
  });

  it('are left as they are, with nothing asked, where looking at what was done is cancelled', async () => {
    await leaveUnfinished();
    const reading = hold();
    stage.server.add({ match: /^GET /, fault: reading.fault, times: 1 });
    const { deps, ui } = user(0, 'Give Up the Rest');
    ui.cancelsAt = reading.reached;
    await assert.rejects(run(resumeChanges, deps), { kind: 'cancelled' });
    assert.deepEqual([ui.shown, ui.informed, ui.documents], [[], [], []]);
    assert.deepEqual(await outcomesLogged(), ['applied', 'begun', 'planned']);
    assert.deepEqual(await present(), names.slice(0, 1));
  });

  it('are left as they are where the service cannot be asked', async () => {
    await leaveUnfinished();
    await doBegun();
    stage.server.add({ match: /^GET /, fault: status(403, { body: {} }) });
    const { deps } = user(0, 'Give Up the Rest');
    await run(resumeChanges, deps);
    assert.deepEqual(await outcomesLogged(), ['applied', 'unknown', 'notDone']);
  });

  /** Each user has answered only when both were asked. */
  async function resumeAtOnce(users: readonly { readonly deps: CommandDeps; readonly ui: FakeUi }[]) {
    let asked = 0;
    let meet: () => void = () => undefined;
    const bothAsked = new Promise<void>((resolve) => {
      meet = resolve;
    });
    await Promise.all(
      users.map(async ({ deps, ui }) => {
        const { confirm } = ui;
        const patient: FakeUi = Object.assign(ui, {
          confirm: async (...args: Parameters<typeof confirm>) => {
            asked += 1;
            if (asked === 2) meet();
            await bothAsked;
            return confirm(...args);
          },
        });
        await run(resumeChanges, { ...deps, ui: patient });
      }),
    );
    const late = users.filter(({ ui }) =>
      ui.informed.includes('Another window went on with these changes, or gave them up.'),
    );
    assert.equal(late.length, 1);
  }

  it('are gone on with by one of two windows that want to at once', async () => {
    await leaveUnfinished(2);
    const sent = stage.server.count(post);
    await resumeAtOnce([user(0, 'Go On', 'Make 2 Changes'), user(1, 'Go On', 'Make 2 Changes')]);
    assert.equal(stage.server.count(post), sent + 2);
    assert.deepEqual(await present(), names);
  });

  const making = /^POST .*\/groups(\?|$)/;
  const planToMake = ({ tenantId, plan }: Stage) => plan({ kind: 'createGroup', tenantId, name: 'Made once' });

  it('make a group once, however many windows go on', async () => {
    await leaveUnfinished(2, { match: making, plan: planToMake });
    const sent = stage.server.count(making);
    await resumeAtOnce([user(0, 'Go On', 'Create'), user(1, 'Go On', 'Create')]);
    assert.equal(stage.server.count(making), sent + 1);
    const { items } = await (windows[0]?.api.groups(stage.tenantId, { refresh: true }) ?? assert.fail());
    assert.equal(items.filter(({ name }) => name === 'Made once').length, 1);
    assert.deepEqual(await outcomesLogged(), ['notDone', 'applied']);
  });

  it('do not make a group again that was made nevertheless, without a word', async () => {
    await leaveUnfinished(1, { match: making, plan: planToMake });
    await doBegun('groups?workspaceV2=True', { name: 'Made once' });
    const sent = stage.server.count(making);
    const { deps, ui } = user(0, 'Go On');
    await assert.rejects(run(resumeChanges, deps), { kind: 'cancelled' });
    assert.equal(stage.server.count(making), sent);
    assert.match(ui.shown.at(-1)?.text ?? '', /There is a group of this name already/);
    assert.deepEqual(await outcomesLogged(), ['unknown']);
  });

  it('are not gone on with by a window that was taken for closed, and was asleep', async () => {
    const secrets = memorySecrets();
    stage = await openStage(powerbi(), { folder, secrets });
    windows.push(startCore({ folder, secrets }));
    const plan = await stage.plan(...additions(stage));
    const held = hold();
    stage.server.add({ match: post, fault: held.fault, from: 2, times: 1 });
    const applying = stage.changes.apply(plan, { signal });
    await held.reached;
    await run(resumeChanges, user(0, 'Give Up the Rest').deps);
    held.release();
    const result = await applying;
    await stage.core.close();
    assert.deepEqual(
      result.results.map(({ outcome }) => outcome),
      ['applied', 'applied', 'notDone'],
    );
    assert.match(result.stopped?.reason ?? '', /Another window/);
    assert.deepEqual(await present(), names.slice(0, 2));
  });
});
