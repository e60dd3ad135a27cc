import type { SandboxTenant } from '../../../src/sandbox/tenant.ts';
import { lines } from '../../contract/lines.ts';
import { plainEntra, plainPowerBI, plainUiPath } from '../../contract/tenants.ts';
import type { FaultRule } from '../../support/faultServer.ts';
import { json, pageCap, status } from '../../support/faults.ts';

/** A listing of five rows, and the requests that it is made of. */
export interface Subject {
  readonly name: string;
  readonly provider: SandboxTenant['provider'];
  readonly list: 'groups' | 'members';
  readonly tenant: SandboxTenant;
  readonly line: RegExp;
  /** Rows that are there before each of its requests. */
  readonly rowsBefore: readonly number[];
  /** How the service pages. */
  readonly paging: readonly FaultRule[];
  /** The members came with their group, so that the first load of them is a refresh. */
  readonly comesAlong?: true;
  /** The first request's route is one that not every installation has: a 404 does not end the listing. */
  readonly mayLackFirst?: true;
  /** The first request holds several: it may be refused for that, and a row of its reply is no member. */
  readonly isBatchFirst?: true;
  /** The last request is not for rows but for their names, which are kept. */
  readonly endsWithNames?: true;
}

export const rows = 5;

/** Pages of two rows, of Power BI's that announce the total. */
function pagesOfTwo(line: RegExp): FaultRule[] {
  const total = json((body) => ({ ...(body as object), '@odata.count': rows }));
  return [
    { match: line, fault: total },
    { match: line, fault: pageCap(2) },
  ];
}

export const subjects: readonly Subject[] = [
  {
    name: 'groups of Power BI',
    provider: 'powerbi',
    list: 'groups',
    tenant: plainPowerBI(rows),
    line: lines.groups,
    rowsBefore: [0, 2, 4],
    paging: pagesOfTwo(lines.groups),
  },
  {
    name: 'members of Power BI',
    provider: 'powerbi',
    list: 'members',
    tenant: plainPowerBI(1, rows),
    line: lines.members,
    rowsBefore: [0, 2, 4],
    paging: pagesOfTwo(lines.members),
  },
  {
    name: 'groups of a whole Power BI tenant',
    provider: 'powerbi',
    list: 'groups',
    tenant: plainPowerBI(rows, 2, 'admin'),
    line: lines.adminGroups,
    rowsBefore: [0, 2, 4],
    paging: pagesOfTwo(lines.adminGroups),
  },
  {
    name: 'members in a whole Power BI tenant',
    provider: 'powerbi',
    list: 'members',
    tenant: plainPowerBI(1, rows, 'admin'),
    line: lines.adminMembers,
    rowsBefore: [0],
    paging: [],
    comesAlong: true,
  },
  {
    name: 'groups of UiPath',
    provider: 'uipath',
    list: 'groups',
    tenant: plainUiPath(rows),
    line: lines.identityGroups,
    rowsBefore: [0],
    paging: [],
  },
  {
    name: 'members of UiPath, by id',
    provider: 'uipath',
    list: 'members',
    tenant: plainUiPath(1, rows, 'null'),
    // The group, three pages of ids, and the directory that names them.
    line: /\/api\/(Group\/[^/]+\/[^/]+|User\/users\/)/,
    rowsBefore: [0, 0, 2, 4, 5],
    paging: [{ match: lines.references, fault: pageCap(2) }],
    mayLackFirst: true,
    endsWithNames: true,
  },
  {
    name: 'groups of Entra',
    provider: 'entra',
    list: 'groups',
    tenant: plainEntra(rows),
    line: lines.directoryGroups,
    rowsBefore: [0, 2, 4],
    paging: [{ match: lines.directoryGroups, fault: pageCap(2) }],
  },
  {
    name: 'members of Entra',
    provider: 'entra',
    list: 'members',
    tenant: plainEntra(1, rows),
    // The first page in one with the apps, the others alone.
    line: /^(POST .*\/\$batch$|GET .*\/members\?)/,
    rowsBefore: [0, 2, 4],
    paging: [{ match: lines.directoryMembers, fault: pageCap(2) }],
    isBatchFirst: true,
  },
  {
    name: 'members of Entra, one request at a time',
    provider: 'entra',
    list: 'members',
    tenant: plainEntra(1, rows),
    line: lines.directoryMembers,
    rowsBefore: [0, 2, 4],
    paging: [
      { match: lines.directoryMembers, fault: pageCap(2) },
      { match: lines.batch, fault: status(405) },
    ],
  },
];
