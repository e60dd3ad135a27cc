import { guidOf } from '../guid.ts';
import { type PowerBITenant, powerBITenant, type WorkspaceDescription } from '../powerbi/tenant.ts';
import { consultants, contosoPeople, fabrikamPeople } from './people.ts';
import {
  app,
  guest,
  type Principal,
  securityGroup,
  user,
  type WorkspaceAccess,
  wholeOrganization,
  workspace as workspaceOf,
} from './workspaceAccess.ts';

const DIRECTORY = 'fabrikam.onmicrosoft.com';
const CAPACITY = { capacityId: guidOf('capacity/Fabrikam F64') };
const DEPARTMENTS = ['Finance', 'Logistics', 'Manufacturing', 'Procurement', 'Quality', 'Retail', 'Service'] as const;

const people = fabrikamPeople;
const staff = Object.values(fabrikamPeople).map(user);
const guests = [...Object.values(consultants), contosoPeople.zoe, contosoPeople.tom].map((p) => guest(p, DIRECTORY));
const deployment = app('Fabrikam Deployment');
const gateway = app('Fabrikam On-premises Gateway');
const administrators = securityGroup('Fabric Administrators');
const reportReaders = securityGroup('Report Readers – Everyone in Plants');

/** Fabrikam: the whole tenant, as its administrator sees it. */
export function fabrikam(): PowerBITenant {
  const workspaces = [...DEPARTMENTS.flatMap(stages), ...stores(), ...special(), ...personal()];
  return powerBITenant({ name: 'Fabrikam', scope: 'admin', workspaces });
}

function workspace(name: string, access: WorkspaceAccess, details: Partial<WorkspaceDescription> = {}) {
  return workspaceOf('Fabrikam', name, access, details);
}

/** `count` principals of a list, from a position on, starting over at its end. */
function pick(list: readonly Principal[], from: number, count: number): Principal[] {
  return Array.from({ length: count }, (_, step) => list[(from + step) % list.length]).filter(
    (one) => one !== undefined,
  );
}

/** A department has its reports in development, under test and in use. */
function stages(department: string, index: number): WorkspaceDescription[] {
  const owner = pick(staff, index * 3, 1);
  const team = pick(staff, index * 3 + 1, 4);
  const details = (stage: string) => ({ ...CAPACITY, description: `${department} reports, ${stage}` });
  return [
    workspace(
      `${department} – Dev`,
      { Admin: [...owner, deployment], Contributor: [...team, ...pick(guests, index, 2)] },
      details('under development'),
    ),
    workspace(
      `${department} – Test`,
      { Admin: [deployment], Member: owner, Contributor: pick(team, 0, 2), Viewer: pick(team, 2, 2) },
      details('under test'),
    ),
    workspace(
      `${department} – Prod`,
      {
        Admin: [administrators, deployment],
        Member: owner,
        Viewer: [...team, reportReaders, ...pick(guests, index + 1, 1)],
      },
      details('in use'),
    ),
  ];
}

function stores(): WorkspaceDescription[] {
  return [1, 2, 3, 4, 9, 10, 11].map((number) =>
    workspace(`Store ${number}`, { Admin: pick(staff, number, 1), Viewer: pick(staff, number + 5, 3) }),
  );
}

function special(): WorkspaceDescription[] {
  const { amara, hans, rafael } = people;
  return [
    workspace('Canteen and Shuttle', { Admin: [user(amara)], Viewer: [wholeOrganization('Fabrikam')] }),
    workspace('Machine Telemetry', { Admin: [user(hans), gateway], Contributor: [user(rafael)], None: [user(amara)] }),
    workspace('Old Intranet Figures', { Member: [user(rafael)] }, { type: 'Group', isReadOnly: true }),
    workspace(
      'Project Without an Owner',
      { Viewer: [user(hans), reportReaders] },
      { description: 'Nobody administers it' },
    ),
    workspace('Empty Workspace', {}),
    workspace('Merger 2019 (deleted)', {}, { state: 'Deleted', description: 'Deleted, can still be restored' }),
  ];
}

function personal(): WorkspaceDescription[] {
  const { amara, yuki, ekaterina, yusuf, arpi, sofia } = people;
  return [amara, yuki, ekaterina, yusuf, arpi, sofia].map((owner) =>
    workspace(`PersonalWorkspace ${owner.displayName}`, { Admin: [user(owner)] }, { type: 'PersonalGroup' }),
  );
}
