import { isGuest, type Member } from '../core/model.ts';

/** Product icons, by the kinds that providers name; what is added later gets the last one. */
const groupIcons: Readonly<Record<string, string>> = {
  workspace: 'briefcase',
  personalWorkspace: 'account',
  builtIn: 'verified',
  custom: 'organization',
  noGroup: 'circle-large-outline',
  security: 'shield',
  microsoft365: 'mail',
};

const memberIcons: Readonly<Record<string, string>> = {
  user: 'person',
  group: 'organization',
  app: 'extensions',
  robot: 'hubot',
  everyone: 'globe',
};

export function groupIcon(kind: string): string {
  return Object.hasOwn(groupIcons, kind) ? (groupIcons[kind] as string) : 'symbol-misc';
}

export function memberIcon(member: Member): string {
  if (member.principalType === 'user' && isGuest(member)) return 'person-add';
  return Object.hasOwn(memberIcons, member.principalType) ? (memberIcons[member.principalType] as string) : 'question';
}
