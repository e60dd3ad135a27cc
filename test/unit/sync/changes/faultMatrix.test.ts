import assert from 'node:assert/strict';
import type { ChangeOutcome } from '../../../../src/core/changes/changes.ts';
import { type Core, startCore } from '../../../support/core.ts';
import type { Fault } from '../../../support/fault.ts';
import { html, redirect, reset, silence, status, throttle } from '../../../support/faults.ts';
import { quickPause } from '../../../support/quickPause.ts';
import { openStage, powerbi } from './stage.ts';
import { type WriteSubject, writeSubjects } from './writeSubjects.ts';

interface MetFault {
  readonly name: string;
  readonly fault: Fault;
  /** It happens after the service has done what it was asked for. */
  readonly isAfter?: true;
  readonly outcomes: readonly ChangeOutcome[];
  /** How often the request is sent in all, at most. */
  readonly sends: number;
  readonly isStopped?: true;
  readonly isSilent?: true;
}

/** The service does what it is asked for, and then this happens to its reply. */
const afterwards =
  (fault: Fault): Fault =>
  async (exchange, next) => {
    await next();
    return fault(exchange, next);
  };

const moment = { headers: { 'retry-after-ms': '1' } };
const refused = { outcomes: ['failed'], sends: 1 } as const;
const notSent = { outcomes: ['notDone'], isStopped: true } as const;
/** The service may have done it or not: what it did is what is told, or that nobody knows. */
const open = { sends: 1 } as const;

const faults: readonly MetFault[] = [
  { name: '400', fault: status(400, { body: { message: 'No.' } }), ...refused },
  { name: '404', fault: status(404), ...refused },
  { name: '409', fault: status(409), ...refused },
  { name: '429 for a moment, once', fault: status(429, moment), outcomes: ['applied'], sends: 2 },
  { name: '429 for an hour', fault: throttle(3600), ...notSent, sends: 1 },
  { name: 'a reset before', fault: reset(), outcomes: ['unknown'], ...open, isStopped: true },
  { name: 'a reset after', fault: afterwards(reset()), isAfter: true, outcomes: ['applied'], ...open },
  { name: '500 before', fault: status(500), outcomes: ['unknown'], ...open, isStopped: true },
  { name: '502 after', fault: afterwards(html(502)), isAfter: true, outcomes: ['applied'], ...open },
  { name: '504 after', fault: afterwards(status(504)), isAfter: true, outcomes: ['applied'], ...open },
  { name: 'a redirect', fault: redirect('/elsewhere'), outcomes: ['unknown'], ...open },
  { name: 'a web page', fault: html(), outcomes: ['unknown'], ...open },
  { name: 'silence', fault: silence(), outcomes: ['unknown'], ...open, isStopped: true, isSilent: true },
  {
    name: 'silence after',
    fault: afterwards(silence()),
    isAfter: true,
    outcomes: ['applied'],
    ...open,
    isSilent: true,
  },
];

let core: Core;
/** With so little patience that only the one fault that needs it is met by it. */
let hasty: Core;

before(() => {
  core = startCore({ pause: quickPause });
  hasty = startCore({ pause: quickPause, timeouts: { idle: 400, admin: 400 } });
});
after(() => Promise.all([core.close(), hasty.close()]));

for (const subject of writeSubjects) {
  describe(`${subject.name}, meeting`, () => {
    for (const fault of faults) it(fault.name, () => meet(subject, fault));
  });
}

describe('refreshUserPermissions of Power BI, which nothing shows, meeting', () => {
  const line = /^POST .*RefreshUserPermissions$/;
  for (const met of faults) {
    it(met.name, async () => {
      const stage = await openStage(powerbi(), { core: met.isSilent ? hasty : core });
      try {
        const wish = { kind: 'refreshUserPermissions', tenantId: stage.tenantId } as const;
        stage.server.add({ match: line, fault: met.fault, times: 1 });
        const [done] = (await stage.apply(wish)).results;
        const wanted = met.isAfter ? ['unknown'] : met.outcomes;
        assert.ok(done && wanted.includes(done.outcome), `${done?.outcome}: ${done?.reason}`);
        assert.ok(stage.server.count(line) <= met.sends, 'sent too often');
        const [entry] = await stage.core.store.reader.changeLog({ limit: 1 });
        assert.equal(entry?.outcome, done.outcome);
        // What was perhaps done counts for the hour; what was refused does not.
        const isPerhapsDone = done.outcome === 'applied' || done.outcome === 'unknown';
        const codes = (await stage.plan(wish)).problems.map(({ code }) => code);
        assert.deepEqual(codes, isPerhapsDone ? ['tooSoon'] : []);
      } finally {
        await stage.close();
      }
    });
  }
});

async function meet(subject: WriteSubject, met: MetFault): Promise<void> {
  const stage = await openStage(subject.tenant(), { core: met.isSilent ? hasty : core });
  try {
    const wish = await subject.wish(stage);
    const plan = await stage.plan(wish);
    assert.deepEqual(plan.problems, []);
    const { signal } = new AbortController();
    stage.server.add({ match: subject.line, fault: met.fault, times: 1 });
    const result = await stage.changes.apply(plan, { signal });
    stage.server.heal();
    const [done] = result.results;
    assert.ok(done);
    const isThere = await subject.isThere(stage, wish);
    // A right that is changed in two steps may have got half way: then it is not told as done.
    const isInSteps = done.change.isRemovedAndAdded === true;
    const wanted: readonly ChangeOutcome[] = isInSteps && met.isAfter ? ['unknown', 'applied'] : met.outcomes;
    assert.ok(wanted.includes(done.outcome), `${done.outcome}: ${done.reason}`);
    assert.equal(done.outcome === 'applied', isThere, `${done.outcome}, and the service has it: ${isThere}`);
    assert.ok(stage.server.count(subject.line) <= met.sends + (isInSteps ? 2 : 0), 'sent too often');
    if (!isInSteps) assert.equal(result.stopped !== undefined, met.isStopped === true, 'stopped');
    const [entry] = await stage.core.store.reader.changeLog({ limit: 1 });
    assert.equal(entry?.outcome, done.outcome);
    if (done.outcome !== 'applied') assert.ok(entry?.reason);

    // What is left is planned anew and done: never twice.
    if (isThere || done.outcome === 'failed') return;
    const again = await stage.apply(wish);
    assert.deepEqual(
      again.results.map(({ outcome }) => outcome),
      ['applied'],
    );
    assert.ok(await subject.isThere(stage, wish));
  } finally {
    await stage.close();
  }
}
