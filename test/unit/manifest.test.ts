import assert from 'node:assert/strict';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '../../src/commands/index.ts';
import { findingIds, usualSeverities } from '../../src/core/findings/findings.ts';
import { projectFolder } from '../support/folders.ts';
import { manifest, readProjectFile as read } from '../support/manifest.ts';

const texts: Readonly<Record<string, string>> = JSON.parse(read('package.nls.json'));
const { contributes } = manifest;
const contributed = contributes.commands.map(({ command }) => command);

describe('manifest', () => {
  it('has each command in the file of its name, and what they share in folders', () => {
    const files = globSync('*.ts', { cwd: join(projectFolder, 'src/commands') });
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

  it('has icons that take on the colours of the theme', () => {
    for (const { command, icon } of contributes.commands) assert.match(icon ?? '$(none)', /^\$\([a-z-]+\)$/, command);
    const files = [...contributes.viewsContainers.activitybar, ...Object.values(contributes.views).flat()];
    for (const { icon } of files) {
      const picture = read(icon);
      assert.match(picture, /currentColor/, icon);
      assert.doesNotMatch(picture, /(fill|stroke)="(?!none|currentColor)/, icon);
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
    for (const icon of icons) assert.ok(existsSync(join(projectFolder, typeof icon === 'string' ? icon : icon.icon)));
  });

  it('welcomes only when it is known that there is no tenant, or nobody’s access is shown', () => {
    assert.deepEqual(
      contributes.viewsWelcome.map(({ view, when }) => [view, when]),
      [
        ['tenantExplorer.tenants', 'tenantExplorer.noTenants'],
        ['tenantExplorer.access', '!tenantExplorer.accessShown'],
      ],
    );
  });
});
