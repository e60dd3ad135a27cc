import { readAccess } from '../core/access/readAccess.ts';
import type { AccessResult } from '../core/access/result.ts';
import { knowsEmail, principalsOf, type Subject } from '../core/access/subject.ts';
import type { ChangePrincipal } from '../core/changes/changes.ts';
import { isStronger, sameAccessWishes } from '../core/changes/copyWishes.ts';
import { type DirectAccess, directAccess } from '../core/changes/directAccess.ts';
import type { Changes } from '../core/changes/pipeline.ts';
import { cancelled } from '../core/errors.ts';
import type { TenantRecord } from '../core/model.ts';
import { joinedRemark, namesOf, nestedWays } from './change/accessRemarks.ts';
import { carryThrough } from './change/carryThrough.ts';
import { whoIs } from './change/changeWords.ts';
import { choosePerson, personMeant } from './change/choosePerson.ts';
import { principalIn } from './change/principalIn.ts';
import { whyNot } from './change/writable.ts';
import { tenantGap } from './choose/tenantGap.ts';
import type { Command, CommandDeps } from './command.ts';

/** Gives somebody the memberships that another one has themselves, in every tenant that knows both. Takes nothing away. */
export const giveSameAccess: Command = {
  name: 'giveSameAccess',
  run: async (deps, args, signal) => {
    const { t, ui, reader, sync } = deps;
    const title = t('Give the Same Access');
    const receiver = await personMeant(
      deps,
      args,
      { title, placeholder: t('Who is to get access?'), takesTyped: true },
      signal,
    );
    const placeholder = t('The same access as who? {0} gets it', receiver.name);
    const model = await choosePerson(deps, { title, placeholder }, signal);
    const access = await readAccess(reader, model, signal);
    const { principals } = await principalsOf(reader, receiver.marks, signal);
    if (principals.some(({ key }) => access.principals.some((one) => one.key === key))) {
      ui.inform(t('These are the same person. Choose somebody else.'));
      throw cancelled();
    }
    const held = await directAccess(reader, access.principals, signal);
    // By the right `None` nothing is reached.
    const given = held.items.filter(({ accessRight }) => accessRight !== 'None');
    const changes = await sync.changes();
    const found = await ui.withProgress(t('Looking for who is meant in the tenants…'), signal, (_, own) =>
      receiversIn(deps, changes, { receiver, given }, own),
    );
    const rights = await rightsOf(
      changes,
      given.filter(({ tenantId }) => found.receivers.has(tenantId)),
    );
    const wishes = sameAccessWishes(given, (tenantId) => found.receivers.get(tenantId), rights);
    await carryThrough(deps, wishes, signal, {
      remarks: [
        t('{0} gets what {1} has themselves.', receiver.name, model.name),
        ...joinedRemark(deps, access),
        ...found.remarks,
        ...otherRemarks(deps, access, held.isCut || access.isCut),
      ],
      leavesOut: true,
      unwanted: ({ kind, tenantId, groupId = '', before }) => {
        const wish = wishes.find((one) => one.tenantId === tenantId && one.groupId === groupId);
        const isLess = isStronger(before?.accessRight, wish?.accessRight, rights({ tenantId, groupId }));
        return kind === 'changeAccessRight' && isLess
          ? t('has more already: {0}', before?.accessRight ?? '')
          : undefined;
      },
    });
  },
};

interface Asked {
  readonly receiver: Subject;
  readonly given: readonly DirectAccess[];
}

/** As whom each tenant knows who gets access; why not, where it does not or cannot be changed. */
async function receiversIn(
  deps: CommandDeps,
  changes: Changes,
  { receiver, given }: Asked,
  signal: AbortSignal,
): Promise<{ readonly receivers: ReadonlyMap<string, ChangePrincipal>; readonly remarks: readonly string[] }> {
  const { t, reader } = deps;
  const receivers = new Map<string, ChangePrincipal>();
  const remarks: string[] = [];
  const { principals } = await principalsOf(reader, receiver.marks, signal);
  const { principalType } = receiver;
  const email = knowsEmail(receiver);
  for (const tenant of reader.tenants()) {
    const own = given.filter(({ tenantId }) => tenantId === tenant.id);
    if (own.length === 0) continue;
    const names = namesOf([...new Set(own.map(({ groupName }) => groupName))]);
    const why = whyNot(deps, tenant, 'addMember');
    if (why !== undefined) {
      remarks.push(t('Not given in “{0}” ({1}): {2}', tenant.name, why, names));
      continue;
    }
    const found = await principalIn(deps, changes, tenant.id, { principals, principalType, email }, signal);
    if ('principal' in found) {
      receivers.set(tenant.id, found.principal);
      if (found.isGuest) remarks.push(t('{0} is a guest in “{1}”.', whoIs(found.principal), tenant.name));
      continue;
    }
    const typed = found.isUnasked && email !== undefined && isColleague(email, own) ? email : undefined;
    if (found.isSeveral) {
      remarks.push(t('Not given in “{0}” (several there have this e-mail address): {1}', tenant.name, names));
      continue;
    }
    if (typed === undefined) {
      remarks.push(t('Not given in “{0}” (nobody there is known to be {1}): {2}', tenant.name, receiver.name, names));
      continue;
    }
    receivers.set(tenant.id, { identifier: typed, principalType: 'user', name: typed, email: typed });
    remarks.push(t('Whether “{0}” knows {1}, its service will say.', tenant.name, typed));
  }
  return { receivers, remarks };
}

/** Of the same domain as who has the access there: then the address is very likely one that the service knows. */
function isColleague(email: string, given: readonly DirectAccess[]): boolean {
  const domain = (address: string | undefined) => address?.split('@')[1]?.toLowerCase();
  return given.some(({ principal, isGuest }) => !isGuest && domain(principal.email) === domain(email));
}

type GroupOf = Pick<DirectAccess, 'tenantId' | 'groupId'>;

/** What members of the groups can have, the strongest first. */
async function rightsOf(changes: Changes, groups: readonly GroupOf[]): Promise<(group: GroupOf) => readonly string[]> {
  const keyOf = ({ tenantId, groupId }: GroupOf) => JSON.stringify([tenantId, groupId]);
  const rights = new Map<string, readonly string[]>();
  for (const group of groups) {
    const offers = rights.has(keyOf(group)) ? undefined : await changes.offers(group.tenantId, group.groupId);
    if (offers) rights.set(keyOf(group), offers.rights);
  }
  return (group) => rights.get(keyOf(group)) ?? [];
}

/** What is not copied, and what is not known. */
function otherRemarks(deps: CommandDeps, access: AccessResult, isCut: boolean): readonly string[] {
  const { t, reader } = deps;
  const nested = nestedWays(access);
  const gaps = reader.tenants().flatMap((tenant: TenantRecord) => {
    const gap = tenantGap(deps, tenant);
    return gap === undefined ? [] : [t('“{0}”: {1}. Access there is not given.', tenant.name, gap)];
  });
  return [
    ...(nested.length > 0 ? [t('Not given, because it comes through other groups: {0}', namesOf(nested))] : []),
    ...gaps,
    ...(isCut ? [t('There are more memberships than can be given at once: do it again afterwards.')] : []),
  ];
}
