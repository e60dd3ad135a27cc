import assert from 'node:assert/strict';
import { AppError } from '../../../../src/core/errors.ts';
import type { StoreReader } from '../../../../src/core/store.ts';
import { contoso, group, groupsOf, openReader, openWriter, storePath } from '../../store/fixture.ts';
import { nested, readerOf } from '../../store/world.ts';
import { modelOf, person, show, whichGroup, who } from './fixture.ts';

describe('a comparison in the view "Access"', () => {
  it('compares two, and never says "none" of what is not known', async () => {
    const path = storePath();
    const { writer, load } = openWriter(path);
    writer.addTenant(contoso);
    const [ana, ben] = [person('ana', { accessRight: 'Admin' }), person('ben', { accessRight: 'Viewer' })];
    load(groupsOf('contoso'), {
      groups: [
        group('a', { members: [ana] }),
        group('b', { members: [ben, nested('lost')] }),
        group('both', { members: [ana, ben] }),
        group('same', { members: [ana, person('ben', { accessRight: 'Admin' })] }),
      ],
    });
    const reader = openReader(path);
    const { model } = modelOf(reader);
    await model.show([await who(reader, 'contoso', 'a', 'ana'), await who(reader, 'contoso', 'b', 'ben')]);
    assert.deepEqual((await show(model)).slice(0, 15), [
      'ana | administers 3 groups',
      'ben | compared with · administers 1 group',
      'Only ana | 1',
      '  Group a | Admin · direct · ben: none · Contoso',
      'Only ben | 1',
      '  Group b | Viewer · direct · ana: not known · Contoso',
      'Both, with different rights | 1',
      '  Group both | ana: Admin · ben: Viewer · Contoso',
      '    ana | Admin · direct',
      '    ben | Viewer · direct',
      'Both, with the same rights | 1',
      '  Group same | Admin · Contoso',
      '    ana | Admin · direct',
      '    ben | Admin · direct',
      '1 nested group is not known | what comes through them is not shown: connect the directory that they belong to',
    ]);
  });

  it('compares who gets into two groups', async () => {
    const reader = readerOf({
      tenants: { t: { g: [person('ana'), person('ben')], h: [person('ben'), nested('i')], i: [person('cem')] } },
    });
    const { model } = modelOf(reader);
    await model.show([whichGroup(reader, 't', 'g'), whichGroup(reader, 't', 'h')]);
    assert.deepEqual((await show(model)).slice(0, 10), [
      'Ng | Contoso',
      'Nh | compared with · Contoso',
      'Only Ng | 1',
      '  ana | direct · Nh: none',
      'Only Nh | 1',
      '  cem | via Ni · Ng: none',
      'Both, with different rights | none',
      'Both, with the same rights | 1',
      '  ben',
      '    Ng | direct',
    ]);
  });

  it('says by a row what could not be read below another, and tries again', async () => {
    const reader = readerOf({ tenants: { t: { g: [person('ana')], h: [person('ben')] } } });
    const failing: StoreReader = {
      ...reader,
      // biome-ignore lint/correctness/useYield: it fails before the first slice.
      within: async function* () {
        throw new AppError('unavailable', 'The store cannot be read.');
      },
    };
    const { model, errors, fired } = modelOf(failing);
    await model.show([await who(reader, 't', 'g', 'ana'), await who(reader, 't', 'h', 'ben')]);
    const section = model.roots().find((row) => row.look().label === 'Only ana');
    assert.ok(section);
    const [failed] = await model.children(section);
    assert.equal(failed?.look().label, 'what unavailable');
    assert.equal(errors.length, 1);
    failed?.more?.();
    assert.equal(fired.at(-1), section.id);
  });

  it('leads from each way of what is compared to the row it is of', async () => {
    const [ana, ben] = [person('ana'), person('ben')];
    const reader = readerOf({ tenants: { t: { g: [ana, ben] } } });
    const { model } = modelOf(reader);
    await model.show([await who(reader, 't', 'g', 'ana'), await who(reader, 't', 'g', 'ben')]);
    const both = model.roots().find((row) => row.look().label === 'Both, with the same rights');
    const [item] = (await both?.children?.()) ?? [];
    const ways = (await item?.children?.()) ?? [];
    assert.deepEqual(
      ways.map(({ tenantId, groupId }) => [tenantId, groupId]),
      [
        ['t', 'g'],
        ['t', 'g'],
      ],
    );
  });

  it('tells two of one name apart, by e-mail or by tenant', async () => {
    const ana = (id: string) => person(id, { name: 'Ana', email: `${id}@x.example` });
    const reader = readerOf({ tenants: { t: { g: [ana('one'), ana('two')] } } });
    const { model } = modelOf(reader);
    await model.show([await who(reader, 't', 'g', 'one'), await who(reader, 't', 'g', 'two')]);
    const texts = await show(model);
    assert.ok(texts.includes('Only Ana (one@x.example) | none'), texts.join('\n'));
    assert.ok(texts.includes('    Ana (two@x.example) | direct'), texts.join('\n'));
  });
});
