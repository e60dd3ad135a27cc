import type { Translate } from '../core/text/translate.ts';

/**
 * What core, providers, sync and store say of a failure, as they say it: they know no language, and the store keeps
 * their words. `{0}` at the end of a text stands for all that follows, another one for a few words.
 */
export function reasonTexts(t: Translate): readonly string[] {
  return [...answers(t), ...connections(t), ...listings(t), ...changes(t), ...thisComputer(t), ...signIns(t)];
}

/** Parts of a text; never a text of their own. */
export function partTexts(t: Translate): readonly string[] {
  return [
    t('a group'),
    t('a group with its members'),
    t("a group's list of members"),
    t('a list of apps'),
    t('a list of groups'),
    t('a list of items'),
    t('a list of members'),
    t('a list of robot accounts'),
    t('a list of users'),
    t('the replies to several requests'),
    t('a bare list'),
    t('a boolean'),
    t('a number'),
    t('a string'),
    t('an object'),
    t('an object without one'),
    t('null'),
  ];
}

/** Of a service that answered. */
function answers(t: Translate): readonly string[] {
  return [
    t('The service answered {0}: {1}', '{0}', '{1}'),
    t('The service answered {0} (a redirect, which is not followed).', '{0}'),
    t('The service answered {0} (not authorized).', '{0}'),
    t('The service answered {0} (forbidden).', '{0}'),
    t('The service answered {0} (not found).', '{0}'),
    t('The service answered {0} (too many requests).', '{0}'),
    t('The service answered {0} (internal error).', '{0}'),
    t('The service answered {0} (bad gateway).', '{0}'),
    t('The service answered {0} (unavailable).', '{0}'),
    t('The service answered {0} (gateway time-out).', '{0}'),
    t('The service answered {0}.', '{0}'),
    t('The service answered with nothing instead of data.'),
    t('The service answered with a web page instead of data.'),
    t('The service answered with text instead of data.'),
    t('The service answered with a web page.'),
    t('The service answered without a body.'),
    t('The service was asked for {0} but sent an error: {1}', '{0}', '{1}'),
    t('The service was asked for {0} but sent {1}.', '{0}', '{1}'),
    t('The data that the service sent is cut off or damaged.'),
    t('The service sent more data than can be read at once.'),
    t('The service refused it: {0}', '{0}'),
    t('The service refused it and does not say why.'),
    t('The service allows only so many of these requests in a time, and they are used up.'),
    t('The service failed {0} times in a row, so nothing is sent for a moment.', '{0}'),
    t('The whole tenant needs a Fabric administrator; a role that has to be activated first (PIM) counts only then.'),
    t('This needs the scope {0}.', '{0}'),
  ];
}

function connections(t: Translate): readonly string[] {
  return [
    t('The service sent nothing for 1 second.'),
    t('The service sent nothing for {0} seconds.', '{0}'),
    t('No connection within 1 second.'),
    t('No connection within {0} seconds.', '{0}'),
    t('The reply is larger than {0} MB.', '{0}'),
    t('The reply was cut off.'),
    t('The reply is not valid HTTP.'),
    t('The service did not answer.'),
    t("The service's name could not be looked up ({0}).", '{0}'),
    t('The connection was refused ({0}).', '{0}'),
    t('The connection was reset ({0}).', '{0}'),
    t('The connection is not trusted ({0}).', '{0}'),
    t('The service could not be reached ({0}).', '{0}'),
    t('The service could not be reached.'),
  ];
}

/** Of a listing that ended, or of a load that could not begin. */
function listings(t: Translate): readonly string[] {
  return [
    t('{0} of the rows that the service sent could not be read.', '{0}'),
    t('The service sent rows that could not be read.'),
    t("The service names no one for {0} of the members' ids.", '{0}'),
    t('Who {0} of the members are is not known: {1}', '{0}', '{1}'),
    t('The service announced 1 row but sent none.'),
    t('The service announced {0} rows but sent {1}.', '{0}', '{1}'),
    t('The service sent the same page twice.'),
    t('The service sent {0} pages, and there were more.', '{0}'),
    t('The service names a further page that it did not send.'),
    t('The service named its next page by something that is no address.'),
    t('The service named a next page at another address, which was not followed.'),
    t('The service named a page again that it sent.'),
    t('The service does not list this group any more.'),
    t('The service shows apps only among the first {0} members, so some may be missing.', '{0}'),
    t('The group hides its members: reading them needs the permission Member.Read.Hidden.'),
    t('Cancelled.'),
    t('The load was stopped.'),
    t('The load did not finish.'),
    t('The tenant was changed while it was being read.'),
    t('The rows that this load brought were removed.'),
    t('There is no such tenant.'),
    t('There is no such group.'),
    t('There is no such group in this tenant.'),
    t('This tenant is not there any more.'),
    t('This group is not there any more.'),
    t('This tenant or group is not there any more.'),
    t('This tenant cannot be asked for that.'),
    t('This provider has no such list.'),
    t('The provider “{0}” is not here. Enable the extension that brings it.', '{0}'),
    t('The provider of the tenant is not here.'),
    t('The provider brought something that is not a list of rows.'),
    t('The provider answered something else than a list.'),
    t('The connection lacks the organization id (partitionGlobalId).'),
    t('No directory of this tenant is connected.'),
    t('One of the two snapshots is not there any more.'),
    t('One of the two snapshots was deleted meanwhile: compare again.'),
  ];
}

function changes(t: Translate): readonly string[] {
  return [
    t('Left as it is, because a change before it in this group did not succeed.'),
    t('Another window went on with these changes meanwhile.'),
    t('It could not be written into the change log: {0}', '{0}'),
    t('The member was removed and not added again: they have no access until the rest is tried again.'),
    t('The member may have been removed and not added again: look at the group, and try the rest again.'),
    t('The group now shows neither how it was nor how it was to be.'),
    t('They are a member with the right {0} now. Try again to change that.', '{0}'),
    t('The window was closed before it was done.'),
    t('The window was closed before it was told; the group shows it.'),
    t('A plan with problems is not carried out.'),
    t('These are too many changes for one plan.'),
    t('The tenant is read-only.'),
    t('The provider cannot do this.'),
    t('{0} cannot do this.', '{0}'),
    t('{0} cannot be changed from here.', '{0}'),
    t('There is no such group any more.'),
    t('There is no such member any more.'),
    t('The change says nothing of whom it is about.'),
    t('The directory of the organization knows nobody as “{0}”.', '{0}'),
    t('The directory knows several as “{0}”, so it is not certain who would be added.', '{0}'),
  ];
}

/** Of what is kept on this computer. */
function thisComputer(t: Translate): readonly string[] {
  return [
    t('The store could not be used. {0}', '{0}'),
    t('It was not closed, so it cannot be read as it is.'),
    t('Another window is writing to it: try again.'),
    t('The disk is full: make room, then try again.'),
    t('Its storage may only be read: allow writing to its folder, then try again.'),
    t('The disk reported an error: look whether it is full or failing, then try again.'),
    t('Its file could not be opened: look whether its folder is there and may be used, then try again.'),
    t('Its file is damaged.'),
    t('The thread that writes the store stopped.'),
    t('The store lost this load: it was begun anew meanwhile.'),
    t('Another window is setting the damaged store aside: try again.'),
    t('The damaged store cannot be set aside until “{0}” beside it is removed, which failed.', '{0}'),
    t('A newer version of Tenant Explorer wrote the store: it can be read, not changed.'),
    t('Nothing is stored yet.'),
    t('Only groups can be pinned.'),
    t('This tenant is there already.'),
  ];
}

/** Of signing in, where nothing translates at once. */
function signIns(t: Translate): readonly string[] {
  return [
    t('Another window is renewing the sign-in, or the folder for it cannot be written.'),
    t('Nobody is signed in to this tenant.'),
    t('Nobody signed in.'),
    t('The browser was not opened.'),
    t('The sign-in service did not answer in time.'),
    t('The sign-in was cancelled.'),
    t('This tenant signs in by a secret that is kept: change it instead.'),
    t('There is no way to sign in called “{0}”.', '{0}'),
  ];
}
