import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import type { WalkthroughStep } from '../../src/core/ui.ts';
import { languages, manifestBundlePath, readBundle } from '../support/bundles.ts';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly walkthroughs: readonly {
      readonly title: string;
      readonly steps: readonly {
        readonly id: string;
        readonly title: string;
        readonly description: string;
        readonly media: { readonly svg: string; readonly altText: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
  };
}

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const { contributes }: Manifest = JSON.parse(read('package.json'));
const [walkthrough] = contributes.walkthroughs;
const steps = walkthrough?.steps ?? [];

describe('the walkthrough', () => {
  it('goes from sample tenants to changing access', () => {
    const all: readonly WalkthroughStep[] = ['sampleTenants', 'ownTenant', 'person', 'snapshot', 'change'];
    assert.deepEqual(
      steps.map(({ id }) => id),
      all,
    );
    assert.equal(contributes.walkthroughs.length, 1);
  });

  it('ticks each step by what came of it: its own context key, or one that a view sets', () => {
    const keys = [...read('src/platform/contextKeys.ts').matchAll(/'(tenantExplorer\.\w+)'/g)].map(([, key]) => key);
    for (const { id, completionEvents } of steps) {
      const [own, ...others] = completionEvents;
      assert.equal(own, `onContext:tenantExplorer.walkthrough.${id}`);
      for (const event of others) assert.ok(keys.includes(event.replace('onContext:', '')), event);
    }
    assert.match(read('src/platform/ui.ts'), /`tenantExplorer\.walkthrough\.\$\{step\}`/);
  });

  it('offers commands that there are, each on a line of its own, so as buttons', () => {
    const commands = contributes.commands.map(({ command }) => command);
    for (const path of [manifestBundlePath(), ...languages.map(manifestBundlePath)]) {
      const texts = readBundle(path);
      for (const { id, description } of steps) {
        const lines = (texts[description.replaceAll('%', '')] ?? '').split('\n');
        const buttons = lines.flatMap((line) => /^\[[^\]]+\]\(command:([\w.]+)\)$/.exec(line)?.[1] ?? []);
        assert.ok(buttons.length > 0, `${path} ${id}`);
        for (const button of buttons) assert.ok(commands.includes(button), button);
        for (const line of lines) assert.ok(/^\[.*\)$/.test(line) || !line.includes('command:'), line);
      }
    }
  });

  it('has a picture for each step, in the colours of any theme, with other words for it', () => {
    for (const { media, title } of steps) {
      assert.ok(existsSync(new URL(media.svg, root)), media.svg);
      const picture = read(media.svg);
      const colors = [...picture.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, color]) => color ?? '');
      assert.ok(colors.length > 10);
      for (const color of colors) assert.match(color, /^(none$|var\(--vscode-)/, media.svg);
      // The words would be English in every language, and the policy of the page forbids styles and scripts.
      assert.doesNotMatch(picture, /<(text|style|script|image|foreignObject)\b|style=|href=|\bon\w+=/, media.svg);
      assert.ok(picture.length < 8000, media.svg);
      assert.match(media.altText, /^%.+%$/);
      assert.notEqual(media.altText, title);
    }
  });
});
