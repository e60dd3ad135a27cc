import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TenantExplorerApi } from '../../src/api.ts';
import { type Stage, useStage } from '../contract/stage.ts';

/** The API of the extension as VS Code runs it, for the tests of the suite that calls it. */
export function useInstalled(): Stage {
  return useStage(async () => {
    const extension = vscode.extensions.getExtension<TenantExplorerApi>('tenant-explorer.tenant-explorer');
    assert.ok(extension);
    return { api: await extension.activate(), close: async () => undefined };
  });
}
