import { makeAppCertificate } from '../appCertificate.ts';
import { ana, clientId } from '../entra.ts';
import { codePage, startMicrosoftCloud } from '../microsoftCloud.ts';
import { withCamera } from './camera.ts';

/** Signing in to Microsoft Entra ID by a code, and choosing among the directories that the account can enter. */
export async function signingIn(): Promise<void> {
  const cloud = await startMicrosoftCloud('a secret', makeAppCertificate().pem);
  try {
    await withCamera({ microsoftOrigin: cloud.sandbox.origin }, async (camera) => {
      const { workbench } = camera;
      const { prompts, page, context } = workbench;
      await context.route(`${codePage}**`, (route) =>
        route.fulfill({ status: 302, headers: { location: `${cloud.sandbox.origin}/devicelogin` } }),
      );
      const choose = async (label: string) => {
        await prompts.type(label);
        await prompts.accept();
      };
      const take = (name: string) => camera.of(name, prompts.widget);
      await workbench.openView('Tenants');
      await workbench.runCommand('Tenant Explorer: Add a Tenant');
      await choose('Microsoft Entra ID');
      await take('add-entra-method');
      await choose('Device code, with your own app registration');
      await choose('Public cloud');
      await take('add-entra-directory');
      await prompts.enter('');
      await prompts.type(clientId);
      await take('add-entra-application');
      await prompts.accept();

      await prompts.waitForTitle(`Sign in at ${codePage}`);
      await take('sign-in-code');
      const code = await prompts.input.inputValue();
      const opened = context.waitForEvent('page');
      await prompts.input.press('Enter');
      await page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true }).click();
      const site = await opened;
      await site.getByLabel('Code').fill(code);
      await site.getByRole('button', { name: 'Next' }).click();
      await site.getByRole('button', { name: `${ana.name} (${ana.userName})` }).click();
      await site.getByText('You have signed in').waitFor();
      await site.close();
      await prompts.widget.getByText('Fabrikam').first().waitFor();
      await take('sign-in-directories');
      await prompts.dismiss();
    });
  } finally {
    await cloud.close();
  }
}
