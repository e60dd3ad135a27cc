import type { Camera } from './camera.ts';

/** What is asked to add a tenant of each service, and to sign in. */
export async function adding(camera: Camera): Promise<void> {
  const { workbench } = camera;
  const { prompts } = workbench;
  const take = (name: string) => camera.of(name, prompts.widget);
  const begin = async (service: string) => {
    await workbench.runCommand('Tenant Explorer: Add a Tenant');
    await prompts.waitForTitle('Add a Tenant (1/3)');
    if (service === 'Power BI') await take('add-service');
    await choose(service);
  };
  // By typing: a mouse that rests on the list opens tooltips over its other items.
  const choose = async (label: string) => {
    await prompts.type(label);
    await prompts.accept();
  };

  await workbench.openView('Tenants');
  await begin('Power BI');
  await take('add-powerbi-method');
  await choose('Access token');
  await prompts.type('Contoso');
  await take('add-name');
  await prompts.accept();
  await take('add-powerbi-cloud');
  await choose('Another address…');
  await prompts.type('http://powerbi.example.com');
  await take('add-powerbi-address');
  await prompts.enter('https://powerbi.example.com');
  await take('add-powerbi-scope');
  await choose('My workspaces');
  await prompts.type('a-secret');
  await take('add-token');
  await prompts.dismiss();

  await begin('UiPath');
  await take('add-uipath-method');
  await choose('Personal access token');
  await prompts.enter('Robots');
  await prompts.enter('https://cloud.uipath.com');
  await prompts.type('contoso');
  await take('add-uipath-organization');
  await prompts.dismiss();
}
