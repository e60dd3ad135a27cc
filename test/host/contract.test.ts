import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { TenantExplorerApi } from '../../src/api.ts';
import { describeContract } from '../contract/contract.ts';

function extension(): vscode.Extension<TenantExplorerApi> {
  return (
    vscode.extensions.getExtension<TenantExplorerApi>('tenant-explorer.tenant-explorer') ?? assert.fail('not there')
  );
}

describeContract(
  'the extension in its host',
  // Opened once a window; what a test added, it removes.
  async () => ({ api: await extension().activate(), close: async () => undefined }),
  (path) => join(extension().extensionPath, 'test/fixtures', path),
);
