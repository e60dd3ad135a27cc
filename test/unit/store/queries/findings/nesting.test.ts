import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createLevels } from '../../../../../src/store/queries/findings/levels.ts';
import { member } from '../../fixture.ts';
import { createWorld, found, type Groups, nested, viewer } from './fixture.ts';

const guid = (number: number) => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

function readerOf(tenants: Readonly<Record<string, Groups>>) {
  const world = createWorld();
  for (const [id, groups] of Object.entries(tenants)) world.tenant(id, groups);
  return world.reader;
}

describe('findings of nested groups', () => {
  it('tell groups that people reach through more than three others', async () => {
    const [a, b, c, d] = [guid(1), guid(2), guid(3), guid(4)];
    const directory = { [a]: [nested(b)], [b]: [nested(c)], [c]: [nested(d)], [d]: [viewer('v')] };
    const reader = readerOf({
      ws: { deep: [nested(a), nested(d)], fine: [nested(b)], no: [nested(a, { accessRight: 'None' })] },
      directory,
    });
    assert.deepEqual(await found(reader, 'deepNesting'), [`deep (4) > ${a} > ${b} > ${c} > ${d}`]);
  });

  it('tell a round of groups once, and a group in itself', async () => {
    const reader = readerOf({
      t: { a: [nested('c')], b: [nested('a')], c: [nested('b'), nested('d')], d: [viewer('v')], s: [nested('s')] },
    });
    assert.deepEqual(await found(reader, 'nestingCycle'), ['a > c > b > a', 's > s']);
    const diamond = { a: [nested('b'), nested('c')], b: [nested('d')], c: [nested('d')], d: [] };
    assert.deepEqual(await found(readerOf({ t: diamond }), 'nestingCycle'), []);
    // The same names for ids in two tenants are other groups.
    assert.deepEqual(await found(readerOf({ t: { a: [nested('b')] }, u: { b: [nested('a')] } }), 'nestingCycle'), []);
  });

  it('tell who is in a group directly and through a group in it', async () => {
    const [inner, outer] = [guid(1), guid(2)];
    const zoe = { details: { graphId: guid(9) }, email: 'Zoe@contoso.example' };
    const reader = readerOf({
      ws: {
        twice: [viewer('zoe', zoe), nested(outer), viewer('other'), nested(inner, { accessRight: 'None' })],
        byMail: [viewer('zoe@contoso.example', { email: 'zoe@CONTOSO.example' }), nested(inner)],
        app: [viewer('x', { principalType: 'app', email: 'zoe@contoso.example' }), nested(inner)],
        none: [viewer('zoe', { ...zoe, accessRight: 'None' }), nested(inner)],
        off: [viewer('zoe', zoe), nested(inner, { accessRight: 'None' })],
        once: [viewer('zoe', zoe)],
      },
      directory: { [inner]: [member('z', zoe)], [outer]: [nested(inner)] },
    });
    assert.deepEqual(await found(reader, 'doubleGrant'), [
      `byMail zoe@contoso.example Viewer > ${inner}`,
      `twice zoe Viewer > ${outer}`,
    ]);
  });

  it('take no round for a second way', async () => {
    const round = { a: [nested('b'), viewer('zoe')], b: [nested('a')] };
    assert.deepEqual(await found(readerOf({ t: round }), 'doubleGrant'), []);
  });

  it('find rounds and levels whatever is in whatever', () => {
    const size = 7;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 16 }), (edges) => {
        const inside = new Map<number, number[]>();
        for (const [outer, inner] of edges) {
          const held = inside.get(outer) ?? [];
          inside.set(outer, held);
          if (!held.includes(inner)) held.push(inner);
        }
        const levels = createLevels(inside);
        while (!levels.isDone()) levels.work();
        const reach = (from: number): Set<number> => {
          const seen = new Set<number>();
          const queue = [...(inside.get(from) ?? [])];
          for (const node of queue) {
            if (seen.has(node)) continue;
            seen.add(node);
            queue.push(...(inside.get(node) ?? []));
          }
          return seen;
        };
        const nodes = Array.from({ length: size }, (_, node) => node);
        const inRounds = nodes.filter((node) => reach(node).has(node));
        const sets = new Set(
          inRounds.map((node) => inRounds.filter((other) => reach(node).has(other) && reach(other).has(node)).join()),
        );
        assert.equal(levels.rounds().length, sets.size);
        for (const round of levels.rounds()) {
          for (const [at, node] of round.entries())
            assert.ok(inside.get(node)?.includes(round[(at + 1) % round.length] ?? -1));
        }
        const isSimple = inRounds.length === 0;
        const longest = (node: number): number =>
          Math.max(0, ...(inside.get(node) ?? []).map((inner) => 1 + longest(inner)));
        if (!isSimple) return;
        for (const node of nodes) {
          assert.equal(levels.below(node), longest(node));
          assert.equal(levels.longestWay(node).length, longest(node));
        }
      }),
    );
  });
});
