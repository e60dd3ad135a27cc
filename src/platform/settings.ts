import * as vscode from 'vscode';
import type { SettingsReader } from '../core/settings.ts';
import { numberSetting } from './numberSetting.ts';

/**
 * The user's settings, each within its bounds whatever the settings file says. All are of `application` or `machine`
 * scope, so no workspace can set them.
 */
export function createSettings(): SettingsReader {
  return {
    read: () => {
      const values = vscode.workspace.getConfiguration('tenantExplorer');
      const number = (key: string, usual: number, least: number, most: number) =>
        numberSetting(values, key, { usual, least, most });
      return {
        pageSize: number('pageSize', 1000, 50, 10_000),
        concurrency: number('concurrency', 8, 1, 32),
        timeouts: {
          connect: 1000 * number('timeouts.connect', 10, 1, 600),
          idle: 1000 * number('timeouts.idle', 30, 1, 600),
          admin: 1000 * number('timeouts.admin', 60, 1, 3600),
        },
        retentionDays: number('retentionDays', 0, 0, 3650),
        automaticSnapshots: values.get<unknown>('automaticSnapshots') === true,
        uipath: {
          redirectPorts: ports(values.get<unknown>('uipathRedirectPorts'), [8104, 8055, 42042]),
          sendsOrganization: values.get<unknown>('uipathSendOrganization') === true,
        },
        keepNothingOnDisk: values.get<unknown>('keepNothingOnDisk') === true,
      };
    },
  };
}

function ports(value: unknown, usual: readonly number[]): readonly number[] {
  const found = (Array.isArray(value) ? value : []).filter(
    (port) => Number.isInteger(port) && port > 0 && port < 65536,
  );
  return found.length > 0 ? found.slice(0, 20) : usual;
}
