import type { Translate } from './translate.ts';

/** What kind of group this is, for the tooltip and for screen readers; a kind added later is named as it is. */
export function groupKindWord(t: Translate, kind: string): string {
  switch (kind) {
    case 'workspace':
      return t('workspace');
    case 'personalWorkspace':
      return t('personal workspace');
    case 'builtIn':
      return t('built-in group');
    case 'custom':
      return t('group');
    case 'noGroup':
      return t('users and robots in no group');
    case 'security':
      return t('security group');
    case 'microsoft365':
      return t('Microsoft 365 group');
    case 'unknown':
      return t('group of unknown kind');
    default:
      return kind;
  }
}

/** What kind of principal this is. */
export function principalKindWord(t: Translate, type: string, isGuest: boolean): string {
  switch (type) {
    case 'user':
      return isGuest ? t('guest') : t('user');
    case 'group':
      return t('group');
    case 'app':
      return t('app');
    case 'robot':
      return t('robot');
    case 'everyone':
      return t('everyone in the organization');
    case 'unknown':
      return t('principal of unknown kind');
    default:
      return type;
  }
}
