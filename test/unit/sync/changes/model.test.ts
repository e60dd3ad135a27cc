import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChangePrincipal, PlanResult, Wish } from '../../../../src/core/changes/changes.ts';
import { principalOf } from '../../../../src/core/changes/planWorld.ts';
import { undoWishes } from '../../../../src/core/changes/undo.ts';
import type { SandboxTenant } from '../../../../src/sandbox/tenant.ts';
import { type Core, startCore } from '../../../support/core.ts';
import type { Fault } from '../../../support/fault.ts';
import { reset, status } from '../../../support/faults.ts';
import { quickPause } from '../../../support/quickPause.ts';
import { openStage, powerbi, type Stage, uipath } from './stage.ts';

const afterwards =
  (fault: Fault): Fault =>
  async (exchange, next) => {
    await next();
    return fault(exchange, next);
  };

const faults: Readonly<Record<string, Fault>> = {
  '429': status(429, { headers: { 'retry-after-ms': '1' } }),
  '400': status(400),
  '500 before': status(500),
  '504 after': afterwards(status(504)),
  'reset before': reset(),
  'reset after': afterwards(reset()),
};

interface Drawn {
  readonly kind: 'addMember' | 'changeAccessRight' | 'removeMember';
  readonly group: number;
  readonly who: number;
  readonly right: string;
}

const wishes = fc.array(
  fc.record<Drawn>({
    kind: fc.constantFrom('addMember', 'changeAccessRight', 'removeMember'),
    group: fc.nat(3),
    who: fc.nat(9),
    right: fc.constantFrom('Admin', 'Member', 'Contributor', 'Viewer'),
  }),
  { minLength: 1, maxLength: 12 },
);

/** By the number of the request that meets them. */
const meetings = fc.dictionary(fc.integer({ min: 1, max: 12 }).map(String), fc.constantFrom(...Object.keys(faults)), {
  maxKeys: 4,
});

type State = ReadonlyMap<string, ReadonlyMap<string, string>>;

async function stateOf(stage: Stage): Promise<State> {
  const all = await Promise.all(
    stage.groups.map(async ({ id }) => {
      const members = await stage.actual(id);
      return [id, new Map(members.map((one) => [one.identifier, one.accessRight ?? ''] as const).sort())] as const;
    }),
  );
  return new Map(all);
}

/** What the service has after what was told as done, and nothing else. */
function modelOf(before: State, { results }: PlanResult): State {
  const model = new Map([...before].map(([id, members]) => [id, new Map(members)]));
  for (const { change, outcome } of results) {
    const { groupId = '', principal, after } = change;
    if (outcome !== 'applied' || !principal) continue;
    if (after) model.get(groupId)?.set(principal.identifier, after.accessRight ?? '');
    else model.get(groupId)?.delete(principal.identifier);
  }
  return new Map([...model].map(([id, members]) => [id, new Map([...members].sort())]));
}

describe('any plan, whatever faults it meets', function () {
  this.timeout(120_000);
  let core: Core;
  before(() => {
    core = startCore({ pause: quickPause });
  });
  after(() => core.close());

  const services: readonly [string, () => SandboxTenant, RegExp, boolean][] = [
    ['Power BI', () => powerbi(), /^(POST|PUT|DELETE) .*\/users/, true],
    ['UiPath', uipath, /^PUT /, false],
  ];
  for (const [name, tenant, line, hasRights] of services) {
    it(`leaves ${name} as it tells, in the log too, nothing twice, and is undone`, async () => {
      await fc.assert(
        fc.asyncProperty(wishes, meetings, async (drawn, met) => {
          const stage = await openStage(tenant(), { core });
          try {
            await check(stage, drawn, met, { line, hasRights });
          } finally {
            await stage.close();
          }
        }),
        { numRuns: 25, endOnFailure: true },
      );
    });
  }
});

async function check(
  stage: Stage,
  drawn: readonly Drawn[],
  met: Readonly<Record<string, string>>,
  { line, hasRights }: { readonly line: RegExp; readonly hasRights: boolean },
): Promise<void> {
  const { core, tenantId, groups, server } = stage;
  const people = new Map<string, ChangePrincipal>();
  for (const { id } of groups) {
    for (const one of await stage.actual(id)) if (one.email) people.set(one.identifier, principalOf(one));
  }
  const all = [...people.values()];
  const asked = drawn.map(({ kind, group, who, right }): Wish => {
    const principal = all[who % all.length];
    assert.ok(principal);
    const isRemoval = kind === 'removeMember';
    return {
      kind: hasRights || isRemoval ? kind : 'addMember',
      tenantId,
      groupId: groups[group]?.id ?? '',
      principal,
      ...(hasRights && !isRemoval ? { accessRight: right } : {}),
    };
  });
  const before = await stateOf(stage);
  const plan = await stage.plan(...asked);
  const { signal } = new AbortController();
  for (const [n, fault] of Object.entries(met))
    server.add({ match: line, fault: faults[fault] ?? reset(), from: Number(n), times: 1 });
  let done = 0;
  // The last rule is next to the service: what it counts was done.
  const counting: Fault = async (_, next) => {
    const reply = await next();
    if (reply?.ok) done += 1;
    return reply;
  };
  server.add({ match: line, fault: counting });
  const possible = { ...plan, problems: [] };
  const result = await stage.changes.apply(possible, { signal });
  server.heal();

  const applied = result.results.filter(({ outcome }) => outcome === 'applied');
  assert.deepEqual(await stateOf(stage), modelOf(before, result), 'the service and the model');
  assert.equal(done, applied.length, 'what the service did, and what is told');
  const keys = result.results.map(({ key }) => key);
  const log = await core.store.reader.changeLog({ keys, limit: 100 });
  assert.deepEqual(
    log.map(({ key, outcome }) => [key, outcome]).reverse(),
    result.results.map(({ key, outcome }) => [key, outcome]),
    'the log',
  );
  const undoing = undoWishes(log, undefined);
  assert.deepEqual(undoing.impossible, []);
  const undone = await stage.apply(...undoing.wishes);
  assert.ok(undone.results.every(({ outcome }) => outcome === 'applied'));
  assert.deepEqual(await stateOf(stage), before, 'after undoing');
}
