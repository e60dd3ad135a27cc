import { randomUUID } from 'node:crypto';
import { blockers, type Change, type Plan } from '../../core/changes/changes.ts';
import { makePlan, mostChanges } from '../../core/changes/makePlan.ts';
import type { Changes, FoundPrincipals, MissingScope } from '../../core/changes/pipeline.ts';
import { AppError, toAppError } from '../../core/errors.ts';
import { isServiceProvider } from '../../core/provider/provider.ts';
import { applyPlan } from './applyPlan.ts';
import type { ChangeDeps } from './deps.ts';
import { isWindowOpen, ownerOf } from './owner.ts';
import { searchPrincipals } from './search.ts';
import { settle } from './settle.ts';
import { scopesIn } from './tokenScopes.ts';
import { readWorld, rulesOf } from './world.ts';
import { writesOf } from './writeChange.ts';

/** See `Changes`. */
export function createChanges(deps: ChangeDeps): Changes {
  const owner = ownerOf();

  function check(plan: Plan): void {
    if (blockers(plan).length > 0) throw new AppError('invalid', 'A plan with problems is not carried out.');
    if (plan.changes.length > mostChanges) throw new AppError('invalid', 'These are too many changes for one plan.');
    for (const tenantId of tenantsOf(plan)) {
      const tenant = deps.reader.tenant(tenantId);
      if (!tenant) throw new AppError('notFound', 'There is no such tenant.');
      if (!tenant.allowsChanges) throw new AppError('forbidden', 'The tenant is read-only.');
    }
  }

  return {
    plan: async (wishes, signal, options) => {
      if (wishes.length > mostChanges) return makePlan(wishes, nothingKnown);
      return makePlan(wishes, await readWorld(deps, wishes, signal, options));
    },
    apply: async (plan, options) => {
      check(plan);
      return deps.run(tenantsOf(plan), async (closing, stopping) => {
        const signal = AbortSignal.any([options.signal, stopping]);
        const changes = plan.changes.map((change) => withAccount(deps, change));
        const keys = await deps.writer.logPlan({ id: randomUUID(), owner, changes });
        return applyPlan(deps, plan, keys, { ...options, signal }, closing);
      });
    },
    missingScopes: async (plan) => {
      const missing = new Map<string, MissingScope>();
      const kinds = new Map(plan.changes.map((change) => [`${change.kind} ${change.tenantId}`, change]));
      for (const { tenantId, kind } of kinds.values()) {
        if (missing.has(tenantId)) continue;
        const scopes = await missingIn(deps, tenantId, kind);
        if (scopes) missing.set(tenantId, { tenantId, scopes });
      }
      return [...missing.values()];
    },
    search: async (tenantId, text, signal): Promise<FoundPrincipals> => {
      try {
        return await searchPrincipals(deps, tenantId, text, signal);
      } catch (error) {
        return { principals: [], problem: toAppError(error).message };
      }
    },
    offers: async (tenantId, groupId) => {
      const tenant = deps.reader.tenant(tenantId);
      const group = deps.reader.group(tenantId, groupId);
      if (!tenant || !group) throw new AppError('notFound', 'There is no such group in this tenant.');
      const rules = await rulesOf(deps, tenant.provider);
      return { rights: rules.rights(group), principalTypes: rules.principalTypes };
    },
    noteUndone: async (keys) => void (await deps.writer.logOutcome(keys, { isUndone: true })),
    unfinished: async () => {
      const plans = await deps.reader.unfinishedPlans();
      return plans.filter((plan) => plan.owner !== owner && !isWindowOpen(plan.owner, plan.at));
    },
    settle: async (plan, signal) => settle(deps, await deps.reader.changeLog({ plan, limit: mostChanges }), signal),
    giveUp: async (plan) => {
      const entries = await deps.reader.changeLog({ plan, limit: mostChanges });
      const keys = entries.map(({ key }) => key);
      return deps.writer.logOutcome(keys, { isGivenUp: true, reason: 'The window was closed before it was done.' });
    },
  };
}

const nothingKnown = { tenant: () => undefined, group: () => undefined, isGroup: () => false };

function tenantsOf({ changes }: Plan): readonly string[] {
  return [...new Set(changes.map(({ tenantId }) => tenantId))];
}

function withAccount({ reader }: ChangeDeps, change: Change): Change & { readonly account?: string } {
  const account = reader.tenant(change.tenantId)?.account;
  return account === undefined ? change : { ...change, account };
}

/** What the tenant's token would need and does not have, where it names what it has. */
async function missingIn(
  deps: ChangeDeps,
  tenantId: string,
  kind: Change['kind'],
): Promise<readonly string[] | undefined> {
  const tenant = deps.reader.tenant(tenantId);
  const provider = tenant && deps.provider(tenant.provider);
  if (!tenant || !provider || !isServiceProvider(provider)) return undefined;
  const needed = (await writesOf(provider)).scopes?.(kind, tenant.connection) ?? [];
  const held = await deps.tokens.get(tenantId).then(scopesIn, () => undefined);
  if (!held || needed.length === 0) return undefined;
  return needed.some((scope) => held.includes(scope.toLowerCase())) ? undefined : needed;
}
