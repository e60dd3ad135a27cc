import * as vscode from 'vscode';
import {
  type FindingId,
  findingIds,
  type Severities,
  type Severity,
  usualSeverities,
} from '../core/findings/findings.ts';
import { numberSetting } from './numberSetting.ts';

export interface FindingSettings {
  readonly severities: Severities;
  readonly mostBuiltInAdmins: number;
  readonly mostAdministered: number;
}

const severities: readonly unknown[] = ['high', 'medium', 'low', 'off'];

/** As `createSettings`: within bounds, whatever the settings file says. */
export function readFindingSettings(): FindingSettings {
  const values = vscode.workspace.getConfiguration('tenantExplorer');
  const chosen = values.get<unknown>('findings.severity');
  const told: Readonly<Record<string, unknown>> = typeof chosen === 'object' && chosen !== null ? { ...chosen } : {};
  const severityOf = (id: FindingId): Severity | 'off' =>
    severities.includes(told[id]) ? (told[id] as Severity | 'off') : usualSeverities[id];
  return {
    severities: Object.fromEntries(findingIds.map((id) => [id, severityOf(id)])) as Severities,
    mostBuiltInAdmins: numberSetting(values, 'findings.mostBuiltInAdmins', { usual: 5, most: 100_000 }),
    mostAdministered: numberSetting(values, 'findings.mostAdministered', { usual: 20, most: 100_000 }),
  };
}
