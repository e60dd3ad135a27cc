import { guidOf } from '../guid.ts';
import {
  type IdentityGroupDescription,
  type IdentityMember,
  type UiPathTenant,
  uiPathTenant,
} from '../uipath/tenant.ts';
import {
  application,
  dayOfLife,
  directoryGroup,
  identityUser,
  robot,
  robotAccountsIn,
  usersIn,
} from './identityAccess.ts';
import { consultants, contosoPeople, northwindPeople } from './people.ts';
import type { Person } from './person.ts';

const people = northwindPeople;
const local = (person: Person) => identityUser(person, 'local');
const fromDirectory = (person: Person) => identityUser(person, 'aad');

const mira = fromDirectory(consultants.mira);
// The same mailbox as elsewhere, spelled in another case: a service keeps what somebody once typed.
const samir = fromDirectory({ ...consultants.samir, email: 'Samir.Bensaid@Adventure-Works.com' });
const zoe = fromDirectory(contosoPeople.zoe);
const orchestratorApp = application('Northwind Orchestrator Client');
const ticketApp = application('Ticket Triage');
const spareRobot = robot('spare-1', 'Spare Robot 1');
const robots = [1, 2, 10, 11].map((number) => robot(`unattended-${number}`, `Unattended Robot ${number}`));

/** Northwind Automation: a UiPath organization. */
export function northwind(): UiPathTenant {
  const groups = [...builtInGroups(), ...customGroups()];
  return uiPathTenant({
    name: 'Northwind Automation',
    path: 'northwind',
    organization: 'northwindautomation',
    groups,
    users: usersIn(groups, Object.values(people).map(local)),
    robotAccounts: robotAccountsIn(groups, [spareRobot]),
  });
}

function group(type: 0 | 1, name: string, members: readonly IdentityMember[]): IdentityGroupDescription {
  const day = type === 0 ? 0 : name.length;
  return {
    id: guidOf(`group/Northwind/${name}`),
    name,
    displayName: name,
    type,
    creationTime: dayOfLife(day),
    lastModificationTime: type === 0 ? dayOfLife(day) : dayOfLife(day + 300),
    members,
  };
}

function builtInGroups(): IdentityGroupDescription[] {
  const { freya, mateusz, sakura, haim, olga, kostas, hind, carlos, emily } = people;
  return [
    // Everybody is in it without being listed: the service sends no members.
    group(0, 'Everyone', []),
    group(0, 'Administrators', [local(freya), mira, directoryGroup('Fabric Administrators')]),
    group(0, 'Automation Users', [
      ...[mateusz, sakura, haim, olga, kostas, hind, carlos, emily].map(local),
      directoryGroup('Finance Controllers'),
      zoe,
    ]),
    group(0, 'Automation Developers', [...[freya, mateusz, kostas].map(local), samir, orchestratorApp]),
  ];
}

function customGroups(): IdentityGroupDescription[] {
  const { freya, sakura, olga, hind, carlos, emily, giovanni, thao } = people;
  return [
    group(1, 'Invoice Processing', [local(carlos), local(giovanni), ...robots.slice(0, 2), ticketApp]),
    group(1, 'HR Onboarding', [local(emily), local(hind), ...robots.slice(2, 3)]),
    group(1, 'Robot Team 2', robots.slice(0, 3)),
    group(1, 'Robot Team 10', robots.slice(1)),
    group(1, 'Центр компетенций', [local(olga), local(thao), fromDirectory(consultants.grace)]),
    group(1, '自動化推進室', [local(sakura), fromDirectory(consultants.naoko), directoryGroup('BI Analysts')]),
    group(1, 'Retired Processes', []),
    { ...group(1, 'Payroll (restricted)', [local(freya), ...robots.slice(3)]), isMemberListDenied: true },
  ];
}
