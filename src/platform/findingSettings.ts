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
  const number = (key: string, usual: number, most: number) => numberSetting(values, key, { usual, most });
  const chosen = values.get<unknown>('findings.severity');
  const told: Readonly<Record<string, unknown>> = typeof chosen === 'object' && chosen !== null ? { ...chosen } : {};
  const severityOf = (id: FindingId): Severity | 'off' =>
    severities.includes(told[id]) ? (told[id] as Severity | 'off') : usualSeverities[id];
  return {
    severities: Object.fromEntries(findingIds.map((id) => [id, severityOf(id)])) as Severities,
    mostBuiltInAdmins: number('findings.mostBuiltInAdmins', 5, 100_000),
    mostAdministered: number('findings.mostAdministered', 20, 100_000),
  };
}
