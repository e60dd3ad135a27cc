import type { Translate } from '../../core/text/translate.ts';

/** What a principal is, in the user's words. */
export function typeWord(t: Translate, type: string): string {
  const words: Readonly<Record<string, string>> = {
    user: t('User'),
    group: t('Group'),
    app: t('App'),
    robot: t('Robot'),
  };
  return words[type] ?? type;
}
