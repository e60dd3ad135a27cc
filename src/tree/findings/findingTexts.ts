import { type FindingId, mostLevels, type Severity } from '../../core/findings/findings.ts';
import type { FindingText } from '../../core/findings/findingsView.ts';
import type { Translate } from '../../core/text/translate.ts';

export interface Limits {
  readonly mostBuiltInAdmins: number;
  readonly mostAdministered: number;
}

export function findingTexts(t: Translate, limits: Limits): Readonly<Record<FindingId, FindingText>> {
  return {
    noAdmin: {
      title: t('No administrator'),
      why: t('Nobody can change who has access, or delete the group.'),
      advice: t('Give somebody the right Admin, or delete the group if nobody needs it.'),
    },
    oneAdmin: {
      title: t('One administrator only'),
      why: t('When that one leaves, nobody administers the group.'),
      advice: t('Make a second person, or a group of people, an administrator.'),
    },
    guestCanEdit: {
      title: t('Guests who can edit'),
      why: t('Somebody of another organization can change or share what is in the group.'),
      advice: t('Lower the right to Viewer, or remove the guest if the work is done.'),
    },
    everyone: {
      title: t('Access for everyone'),
      why: t('The whole organization has access, those who join later too.'),
      advice: t('Give access to the groups of people who need it instead.'),
    },
    appAdmin: {
      title: t('Apps that administer'),
      why: t("Whoever has the app's secret can change who has access."),
      advice: t('Lower the right if the app does not manage access, and look after its secret.'),
    },
    adminOfMany: {
      title:
        limits.mostAdministered === 1
          ? t('Administers more than 1 group')
          : t('Administers more than {0} groups', limits.mostAdministered),
      why: t('One account that is taken over opens all of them.'),
      advice: t('Hand groups over to those who work with them.'),
    },
    builtInAdmins: {
      title:
        limits.mostBuiltInAdmins === 1
          ? t('More than 1 built-in administrator')
          : t('More than {0} built-in administrators', limits.mostBuiltInAdmins),
      why: t('Members of this group may change everything in the organization.'),
      advice: t('Keep a few, and give the others groups with what they need.'),
    },
    orphanedPersonal: {
      title: t('Personal workspaces without their owner'),
      why: t('What is in it has nobody any more, and may be deleted after a while.'),
      advice: t('Restore or move what is needed to a workspace that somebody administers.'),
    },
    nameless: {
      title: t('Neither name nor e-mail'),
      why: t('The account was probably deleted, but its access was not.'),
      advice: t('Look the id up in the directory; remove it where it is gone.'),
    },
    nestingCycle: {
      title: t('Groups in a circle'),
      why: t('Groups are members of each other, so that nobody can tell who gets access through which.'),
      advice: t('Take one of the groups out of the other.'),
    },
    deepNesting: {
      title: t('Access through more than {0} nested groups', mostLevels),
      why: t('Who is in the innermost group has access that hardly anybody sees.'),
      advice: t('Give access to the group that is meant directly.'),
    },
    doubleGrant: {
      title: t('Direct access beside a group'),
      why: t('The person has access through a group as well: taking one away leaves the other.'),
      advice: t('Remove the direct access, unless its right is the higher one on purpose.'),
    },
    emptyGroup: {
      title: t('Empty groups'),
      why: t('Nobody is in it, so it may be left over.'),
      advice: t('Delete it if nothing uses it.'),
    },
  };
}

export function severityWord(t: Translate, severity: Severity | 'off'): string {
  return { high: t('High'), medium: t('Medium'), low: t('Low'), off: t('Off') }[severity];
}
