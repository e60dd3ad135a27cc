import assert from 'node:assert/strict';
import { askedSubject } from '../../../../src/core/access/subject.ts';
import { AppError } from '../../../../src/core/errors.ts';
import type { Sync } from '../../../../src/core/sync.ts';
import { powerbi } from '../../../../src/providers/powerbi/index.ts';
import { contoso, openReader, openWriter, storePath } from '../../store/fixture.ts';
import { modelOf, textsOf } from './fixture.ts';

describe('the view "Access" asks a service for whom', () => {
  const email = 'new@x.example';
  const stage = (memberOf: Sync['memberOf']) => {
    const path = storePath();
    const connection = { ...contoso.connection, scope: 'admin' } as const;
    openWriter(path).writer.addTenant({ ...contoso, id: 'tadmin', connection });
    return modelOf(openReader(path), { memberOf, provider: powerbi });
  };
  const asOf = '2030-01-01T00:00:00.000Z';

  it('nothing is loaded, once, and tells it apart from what is kept', async () => {
    const asked: unknown[] = [];
    const { model, fired } = stage(async (...args) => {
      asked.push(args.slice(0, 2));
      const groups = [{ groupId: 'g', name: 'Plan', kind: 'workspace', rights: ['Admin'] }];
      return { groups, asOf, problem: 'Half of it.' };
    });
    await model.show([askedSubject(email)]);
    assert.deepEqual(asked, []);
    const [, tenant] = model.roots();
    const below = (await tenant?.children?.()) ?? [];
    const row = below.find(({ look }) => look().label.startsWith('What'));
    assert.ok(row);
    assert.deepEqual(
      [tenant?.isOpen, row.isOpen, row.look().label],
      [true, true, `What Power BI says now of ${email}`],
    );
    assert.match(row.look().description ?? '', /not kept/);
    const texts = await textsOf((await row.children?.()) ?? []);
    assert.deepEqual(texts, [
      'In 1 group as a member | not through nested groups · click to ask again',
      'There may be more | Half of it.',
      'Plan | Admin',
    ]);
    await row.children?.();
    assert.deepEqual(asked, [['tadmin', email]]);
    const [head] = (await row.children?.()) ?? [];
    head?.more?.();
    assert.equal(fired.at(-1), row.id);
    await row.children?.();
    assert.equal(asked.length, 2);
  });

  it('a failure is told in its own words, and asked again by a click', async () => {
    let fails = true;
    const { model } = stage(async () => {
      if (fails) throw new AppError('forbidden', 'Says the service: no [x](command:y).');
      return { groups: [], asOf };
    });
    await model.show([askedSubject(email)]);
    const rows = async () => {
      const [, tenant] = model.roots();
      const below = (await tenant?.children?.()) ?? [];
      return (await below.find(({ look }) => look().label.startsWith('What'))?.children?.()) ?? [];
    };
    const [failed] = await rows();
    assert.match(failed?.look().label ?? '', /what forbidden/);
    assert.match(failed?.look().description ?? '', /Says the service: no/);
    fails = false;
    failed?.more?.();
    assert.deepEqual(await textsOf(await rows()), [
      'In no group as a member | not through nested groups · click to ask again',
    ]);
  });

  it('it stops when somebody else is shown', async () => {
    const stopped = Promise.withResolvers<void>();
    const { model } = stage((_, __, signal) => {
      signal.addEventListener('abort', () => stopped.resolve());
      return new Promise(() => undefined);
    });
    await model.show([askedSubject(email)]);
    const [, tenant] = model.roots();
    const below = (await tenant?.children?.()) ?? [];
    void below.find(({ look }) => look().label.startsWith('What'))?.children?.();
    await model.show([]);
    await stopped.promise;
  });
});
