import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Target } from '../../../src/core/target.ts';
import { noteId, rowId } from '../../../src/tree/rowIds.ts';

/** Ids that look like paths, like encodings, or like no text at all. */
const part = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.string({ unit: fc.constantFrom('/', '%', 'u', ':', '2', 'F', 'a', '\ud800', '\udc00', '\u0000'), maxLength: 6 }),
);
const target = fc.oneof(
  fc.record({ tenantId: part }),
  fc.record({ tenantId: part, groupId: part }),
  fc.record({ tenantId: part, groupId: part, memberId: part }),
);
const kind = fc.constantFrom('loading', 'message', 'more', undefined);

const key = ({ tenantId, groupId, memberId }: Target) => JSON.stringify([tenantId, groupId ?? null, memberId ?? null]);

describe('row ids', () => {
  it('are paths', () => {
    assert.equal(rowId({ tenantId: 't', groupId: 'a/b', memberId: 'ana@x.com' }), 't/a%2Fb/ana%40x.com');
  });

  it('are unique whatever ids a service sends', () => {
    fc.assert(
      fc.property(target, kind, target, kind, (one, oneKind, other, otherKind) => {
        const idOf = (of: Target, as: string | undefined) => (as === undefined ? rowId(of) : noteId(as, rowId(of)));
        const isSame = key(one) === key(other) && oneKind === otherKind;
        assert.equal(idOf(one, oneKind) === idOf(other, otherKind), isSame);
      }),
      { numRuns: 5000 },
    );
  });
});
