import { type DirectoryGroupDescription, type EntraTenant, entraTenant } from '../entra/tenant.ts';
import {
  directoryGuest,
  microsoft365Group,
  nestedGroup,
  securityGroup,
  servicePrincipal,
  unreadableDevice,
  directoryUser as user,
} from './directoryAccess.ts';
import { consultants, contosoPeople, fabrikamPeople } from './people.ts';

const DOMAIN = 'contoso.onmicrosoft.com';

const people = contosoPeople;
const everybody = Object.values(contosoPeople).map(user);
const mira = directoryGuest(consultants.mira, DOMAIN);
const naoko = directoryGuest(consultants.naoko, DOMAIN);

/** Contoso's directory: the groups that have access to workspaces and robots, and the groups that are in them. */
export function contosoDirectory(): EntraTenant {
  return entraTenant({ name: 'Contoso Directory', groups: [...grantedGroups(), ...innerGroups(), ...specialGroups()] });
}

/** These are members of workspaces of Power BI and of groups of UiPath. */
function grantedGroups(): DirectoryGroupDescription[] {
  const { zoe, bjorn, tom, ananya, lukasz, misaki, layla } = people;
  const { amara, petr, priya } = fabrikamPeople;
  return [
    securityGroup('Finance Controllers', [user(zoe), nestedGroup('Accounts Payable'), nestedGroup('Treasury')], {
      description: 'May see the figures of every month',
    }),
    securityGroup('Sales – All Regions', [
      ...[nestedGroup('Sales – EMEA'), nestedGroup('Sales – APAC')],
      ...[user(tom), user(layla)],
    ]),
    securityGroup('BI Analysts', [user(ananya), user(lukasz), user(misaki), mira, servicePrincipal('Contoso BI Bot')]),
    securityGroup('Fabric Administrators', [user(amara), user(bjorn), servicePrincipal('Fabrikam Deployment')], {
      isAssignableToRole: true,
    }),
    securityGroup('Report Readers – Everyone in Plants', [user(petr), user(priya), nestedGroup('Shift Leaders')]),
  ];
}

function innerGroups(): DirectoryGroupDescription[] {
  const { chloe, sebnem, jurgen, mary, nikos, dmitri, takeru, minjun } = people;
  const { hans, ingrid } = fabrikamPeople;
  return [
    securityGroup('Accounts Payable', [user(chloe), user(sebnem), nestedGroup('Finance Interns')]),
    // The interns come twice to the controllers: two ways in.
    securityGroup('Treasury', [user(jurgen), nestedGroup('Finance Interns')]),
    securityGroup('Finance Interns', [user(mary), naoko]),
    securityGroup('Sales – EMEA', [user(nikos), user(dmitri), nestedGroup('Sales Partners')]),
    securityGroup('Sales – APAC', [user(takeru), user(minjun), nestedGroup('Sales Partners')]),
    // Partners and their account managers are in each other: the round has no end but that nobody walks it twice.
    securityGroup('Sales Partners', [mira, nestedGroup('Partner Managers')]),
    securityGroup('Partner Managers', [user(people.oksana), nestedGroup('Sales Partners')]),
    securityGroup('Shift Leaders', [user(hans), user(ingrid)]),
  ];
}

function specialGroups(): DirectoryGroupDescription[] {
  const { aoife, zoe, tom } = people;
  return [
    securityGroup('All Employees', [...everybody, servicePrincipal('Contoso Directory Sync')], {
      description: 'Everybody who works here',
    }),
    microsoft365Group('Book Club 読書会', 'bookclub@contoso.com', [user(aoife), user(people.noa), naoko]),
    securityGroup('Newsletter', [user(tom)], { mail: 'news@contoso.com', mailEnabled: true, securityEnabled: false }),
    securityGroup('Managed Laptops', [unreadableDevice('LAPTOP-1'), unreadableDevice('LAPTOP-2'), user(zoe)]),
    securityGroup('Whistleblowing Office', [user(aoife)], { visibility: 'HiddenMembership' }),
    securityGroup('Empty Group', []),
  ];
}
