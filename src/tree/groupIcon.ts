/** Product icons by the kinds of groups that providers name; a kind that is added later gets the last one. */
const groupIcons: Readonly<Record<string, string>> = {
  workspace: 'briefcase',
  personalWorkspace: 'account',
  builtIn: 'verified',
  custom: 'organization',
  noGroup: 'circle-large-outline',
  security: 'shield',
  microsoft365: 'mail',
};

export function groupIcon(kind: string): string {
  return Object.hasOwn(groupIcons, kind) ? (groupIcons[kind] as string) : 'symbol-misc';
}
