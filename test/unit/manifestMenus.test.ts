import assert from 'node:assert/strict';
import { type MenuItem, manifest, readProjectFile as read } from '../support/manifest.ts';

const texts: Readonly<Record<string, string>> = JSON.parse(read('package.nls.json'));
const { contributes } = manifest;
const contributed = contributes.commands.map(({ command }) => command);

describe('the menus of the manifest', () => {
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

  it('offers in the palette only what can work: most commands need a tenant', () => {
    const rules = new Map(contributes.menus.commandPalette?.map(({ command, when }) => [command, when]));
    const names = (isMeant: (when: string | undefined) => boolean) =>
      contributed.filter((command) => isMeant(rules.get(command))).map((command) => command.split('.')[1]);
    assert.deepEqual(
      names((when) => when === undefined),
      [
        ...['addTenant', 'openSampleTenants', 'showLog'],
        // Of a file that is open, or of a tenant that is gone.
        ...['previewAccessFile', 'applyAccessFile', 'showChangeLog'],
      ],
    );
    assert.deepEqual(
      names((when) => when === 'tenantExplorer.accessShown'),
      ['clearAccess'],
    );
    const others = ['false', 'tenantExplorer.changeable', 'tenantExplorer.accessShown', '!tenantExplorer.noTenants'];
    for (const [command, when = ''] of rules) assert.ok(others.includes(when), `${command} ${when}`);
    assert.deepEqual([...rules.keys()], [...new Set(contributes.menus.commandPalette?.map(({ command }) => command))]);
  });

  it('asks only for context keys that are set', () => {
    const keys = new Set(
      [...read('src/platform/contextKeys.ts').matchAll(/'(tenantExplorer\.\w+)'/g)].map(([, key]) => key),
    );
    const clauses = [
      ...Object.values(contributes.menus).flat(),
      ...contributes.viewsWelcome,
      ...Object.values(contributes.views).flat(),
    ].map(({ when = '' }) => when);
    for (const when of clauses)
      for (const [, key] of when.replace(/view == \S+/, '').matchAll(/(tenantExplorer\.\w+)/g))
        assert.ok(keys.has(key), when);
  });

  it('offers above the rows what can work only: without a tenant, to add one and to read on', () => {
    const needsNone = contributes.menus['view/title']?.filter(
      ({ when = '' }) => !/!tenantExplorer\.noTenants|tenantExplorer\.(accessShown|changeable)/.test(when),
    );
    assert.deepEqual(needsNone?.map(({ command }) => command.split('.')[1]).toSorted(), [
      'addTenant',
      'chooseAccess',
      'openSampleTenants',
      'showChangeLog',
      'showLog',
    ]);
  });

  it('offers with several rows only what means all of them', () => {
    const one = contributes.menus['view/item/context']
      ?.filter(({ when, group }) => when?.includes('!listMultiSelection') && !group?.startsWith('inline'))
      .map(({ command, when }) => `${/\.(\w+)/.exec(when?.split(' ')[2] ?? '')?.[1]} ${command.split('.')[1]}`);
    assert.deepEqual([...new Set(one)].toSorted(), [
      'access compareAccess',
      'access giveSameAccess',
      'access removeEverywhere',
      'access showInTenants',
      'findings showInTenants',
      'tenants allowChanges',
      'tenants compareSnapshots',
      'tenants createGroup',
      'tenants editTenant',
      'tenants filterGroups',
      'tenants filterMembers',
      'tenants giveSameAccess',
      'tenants openInPortal',
      'tenants refreshUserPermissions',
      'tenants removeEverywhere',
      'tenants renameGroup',
      'tenants restoreGroup',
      'tenants showChangeLog',
      'tenants showDetails',
      'tenants signIn',
    ]);
  });

  it('ends the menu of a row with what takes it away, after what copies', () => {
    const order = [
      '1_show',
      '2_load',
      '3_filter',
      '4_change',
      '4_remove',
      '5_export',
      '6_tenant',
      '9_cutcopypaste',
      '9_log',
      'z_remove',
    ];
    const groups = contributes.menus['view/item/context']
      ?.filter(({ when, group }) => when?.startsWith('view == tenantExplorer.tenants') && !group?.startsWith('inline'))
      .map(({ group }) => group?.split('@', 1)[0]);
    assert.deepEqual([...new Set(groups)], order);
    assert.deepEqual(order, order.toSorted());
  });

  it('shows at most four buttons on a row, none of them for what cannot be taken back', () => {
    const inline = contributes.menus['view/item/context']?.filter(({ group }) => group?.startsWith('inline')) ?? [];
    // A group that can be changed, with a filter: the one that has most.
    const most = inline.filter(({ when = '' }) => {
      const [, pattern = '$^'] = /viewItem =~ \/(.*?)\/(?: |$)/.exec(when) ?? [];
      return new RegExp(pattern).test('group portal changeable addMember deleteGroup');
    });
    assert.ok(most.length <= 4, most.map(({ command }) => command).join());
    for (const { command } of inline) assert.doesNotMatch(command, /(remove|delete)\w*$/);
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
    const inEditor = contributes.menus['editor/title'] ?? [];
    for (const { command } of [...inTitle, ...inline, ...inEditor]) assert.ok(icons.has(command), command);
  });

  it('has in the palette what stands above rows and files, for whoever has no mouse', () => {
    const hidden = new Set(
      contributes.menus.commandPalette?.filter(({ when }) => when === 'false').map(({ command }) => command),
    );
    const above = ['view/title', 'editor/title'].flatMap((menu) => contributes.menus[menu] ?? []);
    assert.ok(above.length > 0);
    for (const { command } of above) assert.ok(!hidden.has(command), command);
  });

  it('offers what is about a file on access files only', () => {
    for (const menu of ['editor/title', 'editor/context', 'explorer/context']) {
      const items = contributes.menus[menu] ?? [];
      assert.deepEqual(
        items.map(({ command, when }) => [command, when]),
        ['previewAccessFile', 'applyAccessFile'].map((name) => [
          `tenantExplorer.${name}`,
          'resourceFilename =~ /\\.access\\.json$/i',
        ]),
      );
    }
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

  it('shows menus for its own views only, and names no provider', () => {
    const items = [...(contributes.menus['view/title'] ?? []), ...(contributes.menus['view/item/context'] ?? [])];
    for (const { command, when = '' } of items) {
      assert.match(when, /^view == tenantExplorer\.(tenants|access|findings)\b/, command);
      assert.doesNotMatch(when, /powerbi|uipath|entra/i, command);
    }
  });
});
