import type { SandboxConnection } from '../../src/sandbox/connections.ts';
import type { Workbench } from './workbench.ts';

const scopes = { member: 'My workspaces', admin: 'The whole tenant' } as const;

/**
 * Answers the questions of "Add a Tenant", to the last one; what comes of it is the caller's to look at.
 * @param say what the window's language makes of an English text
 */
export async function addTenant(
  workbench: Workbench,
  connection: SandboxConnection,
  say: (text: string) => string = (text) => text,
): Promise<void> {
  const { prompts } = workbench;
  const { provider, name, endpoint, organization, partitionGlobalId, scope, auth } = connection;
  // By typing: a mouse that rests on the list opens tooltips over its other items.
  const choose = async (label: string) => {
    await prompts.type(label);
    await prompts.accept();
  };
  await workbench.runCommand(say('Add a Tenant'));
  await choose(provider === 'powerbi' ? 'Power BI' : 'UiPath');
  await choose(say(provider === 'powerbi' ? 'Access token' : 'Personal access token'));
  await prompts.enter(name);
  await choose(say('Another address…'));
  await prompts.enter(endpoint);
  if (organization !== undefined) await prompts.enter(organization);
  if (partitionGlobalId !== undefined) await prompts.enter(partitionGlobalId);
  if (scope !== undefined) await choose(say(scopes[scope]));
  await prompts.enter(auth.accessToken);
}
