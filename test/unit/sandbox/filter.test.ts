import assert from 'node:assert/strict';
import { parseFilter } from '../../../src/sandbox/powerbi/filter.ts';

const row = { name: "Bob's Reports", id: 'AB-12', state: 'Active', isOnDedicatedCapacity: true };
const fields = new Set([...Object.keys(row), 'description']);

describe('the $filter of the sandbox', () => {
  const cases: [filter: string, passes: boolean][] = [
    ["name eq 'Bob''s Reports'", true],
    ["name eq 'bob''s reports'", false],
    ["tolower(name) eq 'bob''s reports'", true],
    ["tolower(id) eq 'ab-12'", true],
    ["contains(name,'Rep')", true],
    ["contains(tolower(name), 'rep')", true],
    ["startswith(name,'Bob') and endswith(name,'s')", true],
    ["state ne 'Deleted'", true],
    ["not (state eq 'Active')", false],
    ["state eq 'Deleted' or name eq 'x' or id eq 'AB-12'", true],
    ["state eq 'Deleted' and name eq 'x' or id eq 'AB-12'", true],
    ["state eq 'Deleted' and (name eq 'x' or id eq 'AB-12')", false],
    ['isOnDedicatedCapacity eq true', true],
    ["contains(name,'and or not')", false],
    ["description eq ''", true],
  ];
  for (const [filter, passes] of cases) {
    it(`${passes ? 'passes' : 'stops'} the row for ${filter}`, () => {
      assert.equal(parseFilter(filter, fields)(row), passes);
    });
  }

  const unsupported = [
    '',
    'name',
    "name gt 'x'",
    "name eq 'x",
    "name eq 'x' name",
    "owner eq 'x'",
    "users/any(u: u eq 'x')",
  ];
  for (const filter of [...unsupported, "(name eq 'x'", "contains(name 'x')", "eq eq 'x'", 'name eq null']) {
    it(`refuses "${filter}"`, () => {
      assert.throws(() => parseFilter(filter, fields), SyntaxError);
    });
  }
});
