/** Product icons by what a principal is; a kind that a service adds later gets the one of what is unknown. */
const icons: Readonly<Record<string, string>> = {
  user: 'person',
  group: 'organization',
  app: 'extensions',
  robot: 'hubot',
  everyone: 'globe',
};

export function principalIcon(type: string, isGuest = false): string {
  if (type === 'user' && isGuest) return 'person-add';
  return Object.hasOwn(icons, type) ? (icons[type] as string) : 'question';
}
