import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AccessTold } from '../../src/chat/explainAccess.ts';
import type { PrincipalsTold } from '../../src/chat/findPrincipal.ts';
import type { GroupsTold } from '../../src/chat/listGroups.ts';
import type { MembersTold } from '../../src/chat/listMembers.ts';
import type { TenantsTold } from '../../src/chat/listTenants.ts';
import { lines } from '../contract/lines.ts';
import { powerBIWith, user, workspace } from '../contract/tenants.ts';
import { hold } from '../support/faults.ts';
import { useInstalled } from './installed.ts';

describe('the tools for language models in VS Code', () => {
  const stage = useInstalled();

  async function call<T>(name: string, input: object, token?: vscode.CancellationToken): Promise<T> {
    const options = { input, toolInvocationToken: undefined };
    const { content } = await vscode.lm.invokeTool(`tenant_explorer_${name}`, options, token);
    const [part] = content;
    assert.ok(part instanceof vscode.LanguageModelTextPart);
    return JSON.parse(part.value) as T;
  }

  it('are offered to models, with what they take', () => {
    const own = vscode.lm.tools.filter(({ name }) => name.startsWith('tenant_explorer_'));
    assert.deepEqual(own.map(({ name }) => name.replace('tenant_explorer_', '')).sort(), [
      'explain_access',
      'find_principal',
      'list_groups',
      'list_members',
      'list_tenants',
    ]);
    for (const { inputSchema, description } of own) assert.ok(inputSchema && description);
  });

  it('answer in JSON, from the list of tenants to who has access', async () => {
    const { tenantId } = await stage.serve(powerBIWith([workspace('Sales', [user('Ana'), user('Bob')])]));
    const { tenants } = await call<TenantsTold>('list_tenants', {});
    assert.ok(tenants.some(({ id }) => id === tenantId));
    const { groups } = await call<GroupsTold>('list_groups', { tenant: tenantId });
    const told = await call<MembersTold>('list_members', { tenant: tenantId, group: groups[0]?.id });
    assert.deepEqual(
      [told.members.map(({ name }) => name), told.completeness.state, told.caution],
      [['Ana', 'Bob'], 'complete', undefined],
    );
    const { principals } = await call<PrincipalsTold>('find_principal', { query: 'bob' });
    assert.equal(principals[0]?.email, 'bob@contoso.example');
    const { access } = await call<AccessTold>('explain_access', { who: 'bob@contoso.example' });
    assert.deepEqual([access[0]?.group.name, access[0]?.accessRight, access[0]?.isDirect], ['Sales', 'Viewer', true]);
  });

  it('fail in words that a model can act on', async () => {
    await assert.rejects(call('list_groups', { tenant: 'None' }), /no such tenant\. Ask for the list of tenants first/);
    await assert.rejects(call('find_principal', {}), /"query"/);
  });

  it('end their request when they are cancelled', async () => {
    const held = hold();
    const { server, tenantId } = await stage.serve(powerBIWith([workspace('Sales')]), [
      { match: lines.groups, fault: held.fault, times: 1 },
    ]);
    const source = new vscode.CancellationTokenSource();
    const ending = assert.rejects(call('list_groups', { tenant: tenantId }, source.token));
    await held.reached;
    source.cancel();
    await ending;
    await (await server.received(lines.groups)).abandoned;
    source.dispose();
  });
});
