import { AppError } from '../../core/errors.ts';
import type { TenantRecord } from '../../core/model.ts';
import type { Report, ReportCoverage, ReportTenant } from '../../core/report/report.ts';
import type { ReportSpot } from '../../core/report/reportSource.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { Target } from '../../core/target.ts';
import { safeText } from '../../core/text/text.ts';
import { mapInTurns } from '../../core/turns/mapInTurns.ts';
import { createTurns } from '../../core/turns/turns.ts';
import { type Survey, type Surveyed, surveyAll } from '../../export/head.ts';
import type { Scope } from '../../export/scope.ts';
import { providerLabel, summaryOf } from '../../export/summary.ts';
import { withSnapshot } from '../../export/withSnapshot.ts';
import type { CommandDeps } from '../command.ts';
import { countAccess } from './countAccess.ts';
import { readFindings } from './readFindings.ts';
import { type ReadGrants, readGrants } from './readGrants.ts';
import { readGroups } from './readGroups.ts';
import { readHistory } from './readHistory.ts';
import { type Person, readPeople } from './readPeople.ts';

export type ReportDeps = Pick<CommandDeps, 'reader' | 'openSnapshot' | 'findings' | 'providers' | 't' | 'time'>;

/** A report, and what its spots stand for. */
export interface ReadReport {
  readonly report: Report;
  targetOf(spot: ReportSpot): Target | undefined;
}

/**
 * Reads what is stored of some tenants, slice by slice. Loads nothing.
 * @throws AppError `cancelled`; `notFound` for a tenant that is gone, or where nothing is stored
 */
export async function readReport(
  deps: ReportDeps,
  tenantIds: readonly string[],
  signal: AbortSignal,
): Promise<ReadReport> {
  const view = await deps.findings();
  const plan = await view.plan();
  const { findings, targets } = await readFindings(deps, view, plan, tenantIds, signal);
  const history = await readHistory(deps, tenantIds, signal);
  return withSnapshot(deps, async (snapshot) => {
    const turns = createTurns();
    const tenants = tenantIds.map((id) => tenantOf(snapshot, id));
    const scopes = tenants.map((tenant): Scope => ({ tenant, groups: 'all' }));
    const surveyed = await surveyAll(snapshot, scopes, turns, signal);
    const groups = await readGroups(snapshot, tenantIds, turns);
    const people = await readPeople(snapshot, tenantIds, groups, turns, signal);
    const grants = await readGrants(snapshot, tenants, groups, people, plan.rules.access, turns, signal);
    const { kept, ...counted } = await countAccess(people.people, grants, turns);
    const at = new Date().toISOString();
    const report: Report = {
      title: tenants.map(({ name }) => safeText(name)).join(', '),
      madeAt: deps.time(at),
      coverage: coverageOf(deps, surveyed, at, countUnseen(people.people, grants.cells)),
      ...counted,
      counts: {
        ...counted.counts,
        groups: groups.length,
        unknownGroups: groups.filter(({ state }) => state !== 'complete').length,
      },
      tenants: surveyed.surveys.map((one) => toTenant(deps, one)),
      groups: await mapInTurns(
        groups,
        ({ name, tenantId, state }) => ({ name: safeText(name), tenant: tenantIds.indexOf(tenantId), state }),
        turns,
      ),
      history,
      findings,
    };
    const memberIds = kept.map((place) => ({ cells: grants.cells[place] ?? [], ids: grants.memberIds[place] ?? [] }));
    return {
      report,
      targetOf: (spot) => {
        if (spot.what === 'finding') return targets[spot.finding]?.[spot.row];
        const group = groups[spot.group];
        if (!group) return undefined;
        const own = spot.what === 'cell' ? memberIds[spot.person] : undefined;
        const index = own?.cells.findIndex((one, i) => i % 2 === 0 && one === spot.group) ?? -1;
        const memberId = index < 0 ? undefined : own?.ids[index / 2];
        const { tenantId, id: groupId } = group;
        return { tenantId, groupId, ...(memberId === undefined ? {} : { memberId }) };
      },
    };
  });
}

function tenantOf(snapshot: Snapshot, tenantId: string): TenantRecord {
  const tenant = snapshot.tenants().find(({ id }) => id === tenantId);
  if (!tenant) throw new AppError('notFound', 'There is no such tenant.');
  return tenant;
}

/** Groups with access that no tenant of the report knows as a group: nobody looked at who is in them. */
function countUnseen(people: readonly Person[], cells: ReadGrants['cells']): number {
  const isUnseen = ({ kind, is }: Person, place: number) =>
    kind === 'group' && is.length === 0 && (cells[place] ?? []).length > 0;
  return people.filter(isUnseen).length;
}

function coverageOf(deps: ReportDeps, surveyed: Surveyed, at: string, unseen: number): ReportCoverage {
  const { t, time } = deps;
  const { scope } = surveyed;
  const isComplete = surveyed.isComplete && unseen === 0;
  const remarks =
    unseen === 0
      ? []
      : [
          unseen === 1
            ? t('1 group that has access is in no tenant of this report: who is in it has it too, and is not shown')
            : t(
                '{0} groups that have access are in no tenant of this report: who is in them has it too, and is not shown',
                unseen,
              ),
        ];
  const oldestAsOf = surveyed.oldestAsOf === null ? null : time(surveyed.oldestAsOf);
  const head = { exportedAt: time(at), oldestAsOf, isComplete, scope, remarks };
  return { isComplete, summary: safeText(summaryOf(deps, head)) };
}

function toTenant(deps: ReportDeps, { head, oldestAsOf }: Survey): ReportTenant {
  const { tenant, provider, groups, memberLists } = head;
  return {
    name: safeText(tenant),
    provider: safeText(providerLabel(deps, provider)),
    groupsState: groups?.state ?? 'notLoaded',
    groups: Object.values(memberLists).reduce((sum, count) => sum + count, 0),
    complete: memberLists.complete ?? 0,
    asOf: oldestAsOf === undefined ? '' : deps.time(oldestAsOf),
  };
}
