import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { projectFolder } from '../folders.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from '../workbench.ts';
import type { WorkbenchTree } from '../workbenchTree.ts';

/** Takes the pictures of docs/images, from one window. */
export interface Camera {
  readonly workbench: Workbench;
  /** The whole window. */
  window(name: string): Promise<void>;
  /** No more of the window than these are in. */
  of(name: string, ...shown: readonly Locator[]): Promise<void>;
}

const folder = join(projectFolder, 'docs/images');
/** Around what is shown. */
const margin = 8;

/** Opens a window for a scene and closes it at its end. */
export async function withCamera(options: WorkbenchOptions, scene: (camera: Camera) => Promise<void>): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const workbench = await openWorkbench({
    size: { width: 1000, height: 640 },
    ...options,
    settings: {
      'workbench.reduceMotion': 'on',
      'workbench.colorTheme': 'Light Modern',
      'window.title': 'Tenant Explorer',
      ...options.settings,
    },
  });
  const { page } = workbench;
  const path = (name: string) => join(folder, `${name}.png`);
  try {
    await scene({
      workbench,
      window: async (name) => void (await page.screenshot({ path: path(name), animations: 'disabled' })),
      of: async (name, ...shown) => {
        await Promise.all(shown.map((one) => one.waitFor()));
        const clip = around(await Promise.all(shown.map((one) => one.boundingBox())), page.viewportSize());
        await page.screenshot({ path: path(name), animations: 'disabled', clip });
      },
    });
  } finally {
    await workbench.close();
  }
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function around(boxes: readonly (Box | null)[], size: { readonly width: number; readonly height: number } | null): Box {
  const all = boxes.filter((box) => box !== null);
  const { width = 0, height = 0 } = size ?? {};
  const left = Math.max(0, Math.min(...all.map(({ x }) => x)) - margin);
  const top = Math.max(0, Math.min(...all.map(({ y }) => y)) - margin);
  const right = Math.min(width, Math.max(...all.map((box) => box.x + box.width)) + margin);
  const bottom = Math.min(height, Math.max(...all.map((box) => box.y + box.height)) + margin);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Opens the sample tenants and reads all of them, with changes allowed in the first. */
export async function openSamples({ workbench }: Camera, loaded: readonly string[]): Promise<WorkbenchTree> {
  const tenants = await workbench.openView('Tenants');
  await tenants.pane.getByRole('button', { name: 'Open Sample Tenants' }).click();
  await tenants.waitForRows('four tenants', ({ length }) => length === 4);
  await tenants.contextMenu('Contoso', 'Allow Changes…');
  await workbench.prompts.modal('Allow Changes');
  for (const name of loaded) {
    await tenants.contextMenu(name, 'Load the Whole Tenant');
    await tenants.waitForRows(`the groups of ${name}`, (rows) =>
      rows.some(({ label, description }) => label === name && /\d groups/.test(description)),
    );
  }
  await workbench.notifications.clear();
  return tenants;
}

export const samples = ['Contoso', 'Fabrikam', 'Northwind Automation', 'Contoso Directory'] as const;

/** Opens or closes a view by its header. */
export async function fold({ pane }: WorkbenchTree): Promise<void> {
  await pane.locator('.pane-header').click({ position: { x: 20, y: 8 } });
}

/** Draws the edge of the side bar. */
export async function widenSideBar({ page }: Workbench, width: number): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  if (box === null) throw new Error('There is no side bar.');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width, y);
  await page.mouse.down();
  await page.mouse.move(box.x + width, y, { steps: 5 });
  await page.mouse.up();
}
