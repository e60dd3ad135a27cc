import { guidOf } from '../guid.ts';
import { type PowerBITenant, powerBITenant, type WorkspaceDescription } from '../powerbi/tenant.ts';
import { contosoDirectory } from './contosoDirectory.ts';
import { consultants, contosoPeople } from './people.ts';
import {
  app,
  appWithProfile,
  guest,
  securityGroup,
  user,
  type WorkspaceAccess,
  wholeOrganization,
  workspace as workspaceOf,
} from './workspaceAccess.ts';

const DIRECTORY = 'contoso.onmicrosoft.com';
const CAPACITY = { capacityId: guidOf('capacity/Contoso P1') };

const people = contosoPeople;
const mira = guest(consultants.mira, DIRECTORY);
const samir = guest(consultants.samir, DIRECTORY);
const naoko = guest(consultants.naoko, DIRECTORY);

const refresher = app('Contoso Dataset Refresh');
const pipeline = app('Contoso DevOps Pipeline');
const financeGroup = securityGroup('Finance Controllers');
const salesGroup = securityGroup('Sales – All Regions');
const analysts = securityGroup('BI Analysts');

/** Contoso: the workspaces that one person, who is not an administrator, can see. */
export function contoso(): PowerBITenant {
  const workspaces = [...departments(), ...sales(), ...platform(), ...special(), ...numbered()];
  return powerBITenant({ name: 'Contoso', scope: 'member', workspaces, directoryId: contosoDirectory().directoryId });
}

function workspace(name: string, access: WorkspaceAccess, details: Partial<WorkspaceDescription> = {}) {
  return workspaceOf('Contoso', name, access, details);
}

function departments(): WorkspaceDescription[] {
  const { zoe, bjorn, chloe, sebnem, ibrahim, aoife, jeanluc, mary, jurgen, anamaria, oksana, noa } = people;
  return [
    workspace(
      'Finance – Month End',
      {
        Admin: [user(zoe), user(bjorn)],
        Member: [user(chloe), refresher],
        Contributor: [user(jurgen), user(anamaria), analysts],
        Viewer: [financeGroup, mira, user(mary)],
      },
      CAPACITY,
    ),
    workspace(
      'Finance – Planning',
      { Admin: [user(zoe)], Member: [user(chloe), user(sebnem)], Viewer: [financeGroup] },
      CAPACITY,
    ),
    workspace('Human Resources', {
      Admin: [user(aoife)],
      Member: [user(oksana)],
      Viewer: [user(noa), user(zoe)],
      None: [user(ibrahim)],
    }),
    workspace('Legal & Compliance', { Admin: [user(jeanluc)], Viewer: [user(mary), samir] }),
    workspace('Marketing – Kampagnen, Été', {
      Admin: [user(chloe)],
      Member: [user(jurgen), user(anamaria)],
      Contributor: [naoko],
      Viewer: [salesGroup],
    }),
    workspace('Supply Chain', {
      Admin: [user(bjorn)],
      Member: [user(ibrahim), user(sebnem)],
      Contributor: [analysts],
      Viewer: [user(mary), user(noa), user(aoife), mira],
    }),
    workspace('Customer Service', { Admin: [user(mary)], Contributor: [user(noa)], Viewer: [user(oksana)] }),
  ];
}

function sales(): WorkspaceDescription[] {
  const { zoe, lukasz, misaki, takeru, minjun, xiuying, layla, omar, dmitri, nikos, ananya, kanokporn, tom, soren } =
    people;
  return [
    workspace('Sales Americas', { Admin: [user(tom)], Member: [user(people.anamaria)], Viewer: [salesGroup] }),
    workspace('Sales EMEA', {
      Admin: [user(lukasz), user(nikos)],
      Member: [user(dmitri), user(soren), refresher],
      Viewer: [salesGroup, samir],
    }),
    workspace('Sales APAC – 売上分析', {
      Admin: [user(misaki)],
      Member: [user(takeru), user(minjun), user(xiuying)],
      Contributor: [user(ananya), user(kanokporn), user(people.huong)],
      Viewer: [salesGroup, naoko, user(zoe)],
    }),
    workspace('مبيعات الخليج', { Admin: [user(layla)], Member: [user(omar)], Viewer: [salesGroup] }),
    workspace('Zürich Office', { Admin: [user(people.jurgen)], Viewer: [user(zoe)] }),
  ];
}

function platform(): WorkspaceDescription[] {
  const { zoe, tom, ananya, dmitri } = people;
  const engineers = [user(tom), user(ananya)];
  return [
    workspace(
      'Data Platform – Dev',
      { Admin: [pipeline, ...engineers], Contributor: [analysts, mira, samir] },
      CAPACITY,
    ),
    workspace('Data Platform – Test', { Admin: [pipeline], Member: engineers, Viewer: [analysts] }, CAPACITY),
    workspace('Data Platform – Prod', { Admin: [pipeline, user(zoe)], Viewer: [...engineers, user(dmitri)] }, CAPACITY),
    workspace(
      'Customer Portal (embedded)',
      {
        Admin: [
          user(tom),
          appWithProfile('Contoso Customer Portal', 'Customer: Tailspin Toys'),
          appWithProfile('Contoso Customer Portal', 'Customer: Wingtip Books'),
        ],
        Viewer: [refresher],
      },
      CAPACITY,
    ),
  ];
}

function special(): WorkspaceDescription[] {
  return [
    workspace('Company Town Hall', { Admin: [user(people.aoife)], Viewer: [wholeOrganization('Contoso')] }),
    workspace('Board Materials', {}, { isMemberListDenied: true }),
    workspace('Training (nobody yet)', {}),
    workspace('R&D “Moonshot”', { Admin: [user(people.soren)], Contributor: [user(people.kanokporn), mira] }),
  ];
}

function numbered(): WorkspaceDescription[] {
  const owners = [people.layla, people.minjun, people.nikos, people.huong, people.xiuying];
  return [1, 2, 3, 10, 11].map((number, index) =>
    workspace(`Workspace ${number}`, { Admin: owners.slice(index, index + 1).map(user), Viewer: [analysts] }),
  );
}
