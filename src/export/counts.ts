import type { Translate } from '../core/text/translate.ts';

/** Numbers with their noun, for sentences that tell several of them. */
export function groupsWord(t: Translate, count: number): string {
  return count === 1 ? t('1 group') : t('{0} groups', count);
}

export function membersWord(t: Translate, count: number): string {
  return count === 1 ? t('1 member') : t('{0} members', count);
}

export function membershipsWord(t: Translate, count: number): string {
  return count === 1 ? t('1 membership') : t('{0} memberships', count);
}

export function changesWord(t: Translate, count: number): string {
  return count === 1 ? t('1 change') : t('{0} changes', count);
}

export function incompleteListsWord(t: Translate, count: number): string {
  return count === 1 ? t('1 list incomplete') : t('{0} lists incomplete', count);
}
