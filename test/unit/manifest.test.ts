import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { commands } from '../../src/commands/index.ts';
import { findingIds, usualSeverities } from '../../src/core/findings/findings.ts';

interface MenuItem {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}

interface Manifest {
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly extensionKind: readonly string[];
  readonly engines: { readonly vscode: string };
  readonly capabilities: Readonly<Record<string, { readonly supported: unknown; readonly description: string }>>;
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
      readonly icon?: string;
    }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly icon: string }[] };
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when: string }[];
    readonly configuration: {
      readonly properties: Readonly<
        Record<
          string,
          {
            readonly scope: string;
            readonly default: unknown;
            readonly properties?: Readonly<Record<string, { readonly enum: readonly string[] }>>;
          }
        >
      >;
    };
  };
}

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const manifest: Manifest = JSON.parse(read('package.json'));
const texts: Readonly<Record<string, string>> = JSON.parse(read('package.nls.json'));
const { contributes } = manifest;
const contributed = contributes.commands.map(({ command }) => command);

describe('manifest', () => {
  it('has each command in the file of its name, and what they share in folders', () => {
    const files = globSync('*.ts', { cwd: new URL('src/commands/', root) });
    const shared = ['command.ts', 'index.ts'];
    assert.deepEqual(files.toSorted(), [...commands.map(({ name }) => `${name}.ts`), ...shared].toSorted());
  });

  it('contributes the commands that there are, and no others', () => {
    assert.deepEqual(contributed.toSorted(), commands.map(({ name }) => `tenantExplorer.${name}`).toSorted());
  });

  it('gives every command a title and the category', () => {
    for (const { command, title, category } of contributes.commands) {
      assert.match(title, /^%.+%$/, command);
      assert.equal(category, '%command.category%', command);
    }
  });

  it('names only commands that exist in menus and welcome texts', () => {
    const inMenus = Object.values(contributes.menus).flatMap((items) => items.map(({ command }) => command));
    const inTexts = Object.values(texts).flatMap((text) =>
      [...text.matchAll(/\(command:([\w.]+)/g)].map(([, command]) => command ?? ''),
    );
    for (const command of [...inMenus, ...inTexts]) assert.ok(contributed.includes(command), command);
  });

  it('hides from the palette what only makes sense on a row', () => {
    const hidden = contributes.menus.commandPalette
      ?.filter(({ when }) => when === 'false')
      .map(({ command }) => command);
    assert.deepEqual(hidden?.toSorted(), [
      'tenantExplorer.cancelLoad',
      'tenantExplorer.ignoreFinding',
      'tenantExplorer.loadMoreFindings',
      'tenantExplorer.retry',
      'tenantExplorer.showAll',
      'tenantExplorer.showInTenants',
      'tenantExplorer.unignoreFinding',
    ]);
  });

  it('shows at most four icons in each title, and none inline without an icon', () => {
    const icons = new Set(contributes.commands.filter(({ icon }) => icon).map(({ command }) => command));
    const inTitle = contributes.menus['view/title']?.filter(({ group }) => group?.startsWith('navigation')) ?? [];
    const inline = contributes.menus['view/item/context']?.filter(({ group }) => group?.startsWith('inline')) ?? [];
    const inTitleOf = (view: string) => inTitle.filter(({ when }) => when?.startsWith(`view == ${view}`)).length;
    // VS Code adds "Collapse All" to the tenants.
    assert.ok(inTitleOf('tenantExplorer.tenants') + 1 <= 4);
    assert.ok(inTitleOf('tenantExplorer.access') <= 4);
    assert.ok(inTitleOf('tenantExplorer.findings') <= 4);
    for (const { command } of [...inTitle, ...inline]) assert.ok(icons.has(command), command);
  });

  it('has in the menu of a row what its buttons do, for whoever has no mouse', () => {
    const items = contributes.menus['view/item/context'] ?? [];
    const viewOf = ({ when = '' }: MenuItem) => /^view == (\S+)/.exec(when)?.[1];
    const isInline = ({ group }: MenuItem) => group?.startsWith('inline') === true;
    for (const button of items.filter(isInline)) {
      const inMenu = items.some(
        (item) => !isInline(item) && item.command === button.command && viewOf(item) === viewOf(button),
      );
      assert.ok(inMenu, `${button.command} in ${viewOf(button)}`);
    }
  });

  it('offers a command twice nowhere: not in the same menu for the same rows', () => {
    for (const items of Object.values(contributes.menus)) {
      const seen = items.map(({ command, when, group = '' }) => `${command} ${when} ${group.split('@', 1)[0]}`);
      assert.deepEqual(seen, [...new Set(seen)]);
    }
  });

  it('has icons that take on the colours of the theme', () => {
    for (const { command, icon } of contributes.commands) assert.match(icon ?? '$(none)', /^\$\([a-z-]+\)$/, command);
    const files = [...contributes.viewsContainers.activitybar, ...Object.values(contributes.views).flat()];
    for (const { icon } of files) {
      const picture = read(icon);
      assert.match(picture, /currentColor/, icon);
      assert.doesNotMatch(picture, /(fill|stroke)="(?!none|currentColor)/, icon);
    }
  });

  it('shows menus for its own views only, and names no provider', () => {
    const items = [...(contributes.menus['view/title'] ?? []), ...(contributes.menus['view/item/context'] ?? [])];
    for (const { command, when = '' } of items) {
      assert.match(when, /^view == tenantExplorer\.(tenants|access|findings)\b/, command);
      assert.doesNotMatch(when, /powerbi|uipath|entra/i, command);
    }
  });

  it('has a text for every key, and a key for every text', () => {
    const used = new Set([...read('package.json').matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key));
    assert.deepEqual([...used].toSorted(), Object.keys(texts).toSorted());
  });

  it('has settings that no workspace can change', () => {
    for (const [key, { scope }] of Object.entries(contributes.configuration.properties)) {
      assert.ok(scope === 'application' || scope === 'machine', key);
    }
  });

  it('has exactly the settings that are read, with the same defaults', () => {
    const source = read('src/platform/settings.ts') + read('src/platform/findingSettings.ts');
    const numbers = [...source.matchAll(/number\('([\w.]+)', ([\d_]+)/g)].map(([, key, value]) => [
      key,
      Number(value?.replaceAll('_', '')),
    ]);
    const lists = [...source.matchAll(/values\.get<unknown>\('([\w.]+)'\), (\[[\d, ]+\])/g)].map(([, key, value]) => [
      key,
      JSON.parse(value ?? ''),
    ]);
    const others = [...source.matchAll(/values\.get<unknown>\('([\w.]+)'\)/g)].map(([, key]) => [key, false]);
    const declared = Object.entries(contributes.configuration.properties).map(([key, setting]) => [
      key.replace('tenantExplorer.', ''),
      setting.default,
    ]);
    const objects = [['findings.severity', usualSeverities]];
    assert.deepEqual(Object.fromEntries(declared), Object.fromEntries([...numbers, ...others, ...lists, ...objects]));
  });

  it('lets each finding have a severity', () => {
    const setting = contributes.configuration.properties['tenantExplorer.findings.severity'];
    assert.deepEqual(Object.keys(setting?.properties ?? {}).toSorted(), findingIds.toSorted());
    for (const one of Object.values(setting?.properties ?? {}))
      assert.deepEqual(one.enum, ['high', 'medium', 'low', 'off']);
  });

  it('starts only when it is used, everywhere', () => {
    assert.deepEqual(manifest.activationEvents, ['onWebviewPanel:tenantExplorer.report']);
    assert.deepEqual(manifest.extensionKind, ['ui', 'workspace']);
    assert.equal(manifest.engines.vscode, '^1.106.0');
    for (const name of ['untrustedWorkspaces', 'virtualWorkspaces'])
      assert.equal(manifest.capabilities[name]?.supported, true, name);
  });

  it('has its icons', () => {
    const icons = [
      manifest.icon,
      ...contributes.viewsContainers.activitybar,
      ...Object.values(contributes.views).flat(),
    ];
    for (const icon of icons) assert.ok(existsSync(new URL(typeof icon === 'string' ? icon : icon.icon, root)));
  });

  it('welcomes only when it is known that there is no tenant, or nobody’s access is shown', () => {
    assert.deepEqual(
      contributes.viewsWelcome.map(({ view, when }) => [view, when]),
      [
        ['tenantExplorer.tenants', 'tenantExplorer.loaded'],
        ['tenantExplorer.access', '!tenantExplorer.accessShown'],
      ],
    );
  });
});
