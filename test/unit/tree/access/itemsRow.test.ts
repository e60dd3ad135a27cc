import assert from 'node:assert/strict';
import { askedSubject, subjectOf } from '../../../../src/core/access/subject.ts';
import { AppError } from '../../../../src/core/errors.ts';
import type { Sync } from '../../../../src/core/sync.ts';
import { powerbi } from '../../../../src/providers/powerbi/index.ts';
import { contoso, group, groupsOf, member, openReader, openWriter, storePath } from '../../store/fixture.ts';
import { guid } from '../../store/world.ts';
import { modelOf, textsOf } from './fixture.ts';

const never = new AbortController().signal;
const asOf = '2030-01-01T00:00:00.000Z';

describe('the view "Access" asks a service for items', () => {
  const stage = (itemsOf: Sync['itemsOf'], scope: 'admin' | 'member' = 'admin') => {
    const path = storePath();
    const { writer, load } = openWriter(path);
    writer.addTenant({ ...contoso, id: 'big', connection: { ...contoso.connection, scope } });
    const ana = member('ana@x.example', {
      name: 'Ana',
      email: 'ana@x.example',
      details: { graphId: guid(7), emailAddress: 'ana@x.example' },
    });
    const team = member(guid(9), { name: 'Team', principalType: 'group' });
    load(groupsOf('big'), { groups: [group('g', { members: [ana, team] })] });
    const reader = openReader(path);
    const subject = async (memberId: string) =>
      (await subjectOf(reader, [{ tenantId: 'big', groupId: 'g', memberId }], never)) ?? assert.fail();
    return { ...modelOf(reader, { itemsOf, provider: powerbi }), subject };
  };
  const offered = async (model: ReturnType<typeof stage>['model']) => {
    const tenant = model.roots().find(({ id }) => id.includes('tenant:'));
    const below = (await tenant?.children?.()) ?? [];
    return below.find(({ look }) => look().label.startsWith('Ask Power BI for items'));
  };

  it('when the row is opened, once, by the id that the tenant knows', async () => {
    const asked: unknown[] = [];
    const items = [
      { id: 'r', name: 'Plan\u202e', type: 'Report', right: 'ReadWrite' },
      { id: 'h', name: 'Holo', type: '' },
    ];
    const { model, subject, fired } = stage(async (...args) => {
      asked.push(args.slice(0, 2));
      return { items, asOf, problem: 'Half of it.' };
    });
    await model.show([await subject('ana@x.example')]);
    const row = await offered(model);
    assert.equal(row?.look().label, 'Ask Power BI for items that Ana reaches');
    assert.match(row.look().description ?? '', /not kept/);
    assert.deepEqual([asked, row.isOpen], [[], undefined]);
    assert.deepEqual(await textsOf((await row.children?.()) ?? []), [
      'Reaches 2 items | click to ask again',
      'There may be more | Half of it.',
      'Plan‹U+202E› | Report · ReadWrite',
      'Holo',
    ]);
    await row.children?.();
    assert.deepEqual(asked, [['big', guid(7)]]);
    (await row.children?.())?.[0]?.more?.();
    assert.equal(fired.at(-1), row.id);
    await row.children?.();
    assert.equal(asked.length, 2);
  });

  it('of somebody whom the tenant does not know, by the address', async () => {
    const asked: string[] = [];
    const { model } = stage(async (_, user) => {
      asked.push(user);
      return { items: [], asOf };
    });
    await model.show([askedSubject('new@x.example')]);
    const row = await offered(model);
    assert.deepEqual(await textsOf((await row?.children?.()) ?? []), ['Reaches no item | click to ask again']);
    assert.deepEqual(asked, ['new@x.example']);
  });

  it('and tells a failure in its own words', async () => {
    const { model, subject } = stage(async () => {
      throw new AppError('throttled', 'Says the service: later.');
    });
    await model.show([await subject('ana@x.example')]);
    const [failed] = (await (await offered(model))?.children?.()) ?? [];
    assert.match(`${failed?.look().label} ${failed?.look().description}`, /what throttled Says the service: later/);
  });

  it('but not of a group, and not where the service cannot tell', async () => {
    const all = stage(async () => assert.fail());
    await all.model.show([await all.subject(guid(9))]);
    assert.equal(await offered(all.model), undefined);
    const own = stage(async () => assert.fail(), 'member');
    await own.model.show([await own.subject('ana@x.example')]);
    assert.equal(await offered(own.model), undefined);
  });
});
