import type {
  Change,
  ChangeKind,
  ChangeOutcome,
  ChangePrincipal,
  PlanProblem,
  PlanRisk,
} from '../../core/changes/changes.ts';
import { safeText } from '../../core/text/text.ts';
import type { Translate } from '../../core/text/translate.ts';

/** Somebody by name, and by e-mail address or id where the name is not that. */
export function whoIs({ name, email, identifier, profileId, profileName = profileId }: ChangePrincipal): string {
  const other = email ?? identifier;
  const ids = [...(name === other ? [] : [other]), ...(profileName === undefined ? [] : [profileName])];
  return safeText(ids.length === 0 ? name : `${name} (${ids.join(', ')})`);
}

/** The remote texts of a change, each in one line: none can pass for a line of its own. */
function textsOf({ principal, before, after, groupName = '', tenantName }: Change) {
  return {
    who: principal ? whoIs(principal) : '',
    group: safeText(groupName),
    tenant: safeText(tenantName),
    name: safeText(after?.name ?? ''),
    owner: safeText(after?.owner ?? ''),
    was: before?.accessRight === undefined ? undefined : safeText(before.accessRight),
    right: after?.accessRight === undefined ? undefined : safeText(after.accessRight),
  };
}

/** What a change does, as a question to be agreed to. */
export function questionOf(t: Translate, change: Change): string {
  const { who, group, tenant, name, owner, was, right } = textsOf(change);
  const questions: Readonly<Record<ChangeKind, () => string>> = {
    addMember: () =>
      right === undefined ? t('Add {0} to “{1}”?', who, group) : t('Add {0} to “{1}” as {2}?', who, group, right),
    changeAccessRight: () =>
      t('Change the access right of {0} in “{1}” from {2} to {3}?', who, group, was ?? '', right ?? ''),
    removeMember: () =>
      was === undefined ? t('Remove {0} from “{1}”?', who, group) : t('Remove {0} ({2}) from “{1}”?', who, group, was),
    createGroup: () => t('Create the group “{0}”?', name),
    deleteGroup: () => t('Delete the group “{0}” with all that is in it?', group),
    renameGroup: () => t('Rename “{0}” to “{1}”?', group, name),
    restoreGroup: () => t('Restore the deleted group “{0}”, with {1} as its administrator?', group, owner),
    refreshUserPermissions: () => t('Have the service refresh your permissions in “{0}”?', tenant),
  };
  return questions[change.kind]();
}

/** A change in one line. */
export function lineOf(t: Translate, change: Change): string {
  const { who, group, tenant, name, owner, was, right } = textsOf(change);
  const place = t('{0}, tenant {1}', `“${group}”`, `“${tenant}”`);
  const lines: Readonly<Record<ChangeKind, () => string>> = {
    addMember: () => `+ ${[who, right].filter((part) => part !== undefined).join(', ')}: ${place}`,
    changeAccessRight: () => `± ${who}, ${was ?? ''} → ${right ?? ''}: ${place}`,
    removeMember: () => `− ${[who, was].filter((part) => part !== undefined).join(', ')}: ${place}`,
    createGroup: () => t('+ group “{0}”, tenant “{1}”', name, tenant),
    deleteGroup: () => t('− group {0}', place),
    renameGroup: () => t('± group {0} → “{1}”', place, name),
    restoreGroup: () => t('+ deleted group {0}, administrator {1}', place, owner),
    refreshUserPermissions: () => t('± permissions are refreshed: tenant “{0}”', tenant),
  };
  return lines[change.kind]();
}

export function outcomeWord(t: Translate, outcome: ChangeOutcome): string {
  const words: Readonly<Record<ChangeOutcome, string>> = {
    planned: t('not begun'),
    begun: t('begun, unfinished'),
    applied: t('done'),
    unchanged: t('was so already'),
    failed: t('refused'),
    unknown: t('outcome unknown'),
    notDone: t('not done'),
  };
  return words[outcome];
}

/** What is wrong with a wish, in a sentence. */
export function problemWords(t: Translate, { code, values = [] }: PlanProblem, time: (iso: string) => string): string {
  const list = safeText(values.join(', '));
  const words: Readonly<Record<PlanProblem['code'], () => string>> = {
    tooMany: () => t('More than 10,000 changes are too many for one plan.'),
    noTenant: () => t('There is no such tenant.'),
    readOnly: () => t('The tenant is read-only.'),
    notOffered: () => t('This service cannot do that, or not with this connection.'),
    noGroup: () => t('There is no such group.'),
    noPrincipal: () => t('It is not said who is meant.'),
    badPrincipal: () => t('A user is named by e-mail address, a group or an app by its object id.'),
    principalType: () => t('Only these can be added: {0}.', list),
    isGroup: () => t('This is the id of a group, not of a person or an app.'),
    noRight: () => t('An access right is needed, one of: {0}.', list),
    unknownRight: () => t('There is no such access right here, only: {0}.', list),
    needlessRight: () => t('This service has no access rights.'),
    noName: () => t('The group needs a name.'),
    nameTaken: () => t('There is a group of this name already: look whether it is the one that you want.'),
    badOwner: () => t('The e-mail address of who is to administer the group is needed.'),
    builtIn: () => t('The service does not let this be changed of a built-in group.'),
    personal: () => t('The access to a personal workspace cannot be changed.'),
    deleted: () => t('The group is deleted. Restore it first.'),
    notDeleted: () => t('The group is not deleted.'),
    localGroup: () => t('A local group cannot be a member of a group.'),
    ambiguous: () => t('This fits several members of the group, so it is not certain whom the service would take.'),
    ambiguousGroup: () =>
      t('The service lists several groups by the same id, so it is not certain which one is meant.'),
    notMember: () => t('Who is meant is not a member of the group.'),
    duplicate: () => t('The same is said twice.'),
    contradiction: () => t('This contradicts another change of the same.'),
    changedSince: () =>
      list === ''
        ? t('It was changed since: now there is no such member.')
        : t('It was changed since: now it is {0}.', list),
    tooSoon: () => t('The service allows this once an hour: again from {0}.', time(values[0] ?? '')),
  };
  return words[code]();
}

export function riskWords(t: Translate, { code, groupName: name }: PlanRisk): string {
  const groupName = safeText(name);
  const words: Readonly<Record<PlanRisk['code'], string>> = {
    lastAdmin: t('“{0}” will have no administrator any more.', groupName),
    unknownAdmins: t('“{0}” loses an administrator, and whether there is another one is not known.', groupName),
    ownAccess: t('Your own access to “{0}” goes.', groupName),
    unknownOwn: t('Your own access to “{0}” may come by a group that goes.', groupName),
    deletesGroup: t('“{0}” is deleted for everybody.', groupName),
  };
  return words[code];
}
