import assert from 'node:assert/strict';
import { draggedRows } from '../../../../src/tree/tenants/draggedRows.ts';

describe('what is dropped', () => {
  const member = { tenantId: 't', groupId: 'g', memberId: 'm' };

  it('is rows by their ids', () => {
    assert.deepEqual(draggedRows(JSON.stringify([member, { tenantId: 't' }])), [member, { tenantId: 't' }]);
  });

  it('may be anything under the same name, and then is no row', () => {
    const others = ['', '{', 'null', '3', '"t"', JSON.stringify(member), '[null, 3, [], {"tenantId": 3}]'];
    for (const text of others) assert.deepEqual(draggedRows(text), [], text);
    assert.deepEqual(draggedRows('[{"__proto__": {"tenantId": "t"}}, {"tenantId": "t", "memberId": "m"}]'), []);
  });
});
