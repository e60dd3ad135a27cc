import assert from 'node:assert/strict';
import { parseFilter } from '../../../src/sandbox/powerbi/filter.ts';

const row = { name: "Bob's Reports", id: 'AB-12', state: 'Active', isOnDedicatedCapacity: true };
const users = [
  { name: 'Ann', right: 'Viewer' },
  { name: "O'Neil", right: 'Admin' },
];
const names = {
  fields: new Set([...Object.keys(row), 'description']),
  lists: new Map([
    ['users', new Set(['name', 'right'])],
    ['reports', new Set(['name'])],
  ]),
};
const right = (name: string) => `Microsoft.PowerBI.ServiceContracts.Api.GroupUserAccessRight'${name}'`;

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
    ['users/any()', true],
    ['reports/any()', false],
    ["users/any(u: tolower(u/name) eq 'o''neil')", true],
    ["users/any(u: u/name eq 'Ann' and u/right eq 'Admin')", false],
    [`users/any(u: u/right eq ${right('Admin')})`, true],
    [`(not users/any()) or (not users/any(u: u/right eq ${right('Owner')}))`, true],
    [`not users/any(u: u/right eq ${right('Admin')}) or name eq 'x'`, false],
  ];
  for (const [filter, passes] of cases) {
    it(`${passes ? 'passes' : 'stops'} the row for ${filter}`, () => {
      assert.equal(parseFilter(filter, names)({ ...row, users }), passes);
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
    "users/any(u: name eq 'x')",
    "users/any(u: v/name eq 'x')",
    "users/any(u: u/id eq 'x')",
    "users/all(u: u/name eq 'x')",
    "owners/any(u: u/name eq 'x')",
    "name eq Some.Enum'x'",
    `name eq ${right('Admin')}'`,
  ];
  for (const filter of [...unsupported, "(name eq 'x'", "contains(name 'x')", "eq eq 'x'", 'name eq null']) {
    it(`refuses "${filter}"`, () => {
      assert.throws(() => parseFilter(filter, names), SyntaxError);
    });
  }
});
