import assert from 'node:assert/strict';
import { bundlePath, languages, manifestBundlePath, readBundle } from '../support/bundles.ts';
import { findTexts, placeholders, textsIn } from '../support/texts.ts';

describe('texts', () => {
  const read = (source: string) => {
    const { texts, problems } = textsIn('a.ts', source);
    return { texts: [...texts], problems };
  };

  it('are what the source gives its translate function, whoever holds it', () => {
    const source = "t('One'); deps.t('Two {0}', name); vscode.l10n.t(`It's three`); text('Four'); a.b.t(\n'Five');";
    assert.deepEqual(read(source), { texts: ['One', 'Two {0}', "It's three", 'Five'], problems: [] });
  });

  it('are found in each other, and in all that surrounds them', () => {
    assert.deepEqual(read("const f = () => [t('Outer {0}', t('Inner'))];").texts, ['Inner', 'Outer {0}']);
  });

  it('are literals, with a value for each placeholder', () => {
    assert.deepEqual(read('t(what)').problems, ['a.ts:1: only a literal text can be translated']);
    assert.deepEqual(read("\nt('{0} of {1}', 1)").problems, ['a.ts:2: 1 values for the placeholders of "{0} of {1}"']);
    assert.deepEqual(read("t('All', 1)").problems, ['a.ts:1: 1 values for the placeholders of "All"']);
    assert.deepEqual(read("t('{0} {1} {0}', ...['a', 'b'])").problems, []);
  });

  it('cannot hide behind another name', () => {
    const problems = ['a.ts:1: the translate function has to be called t'];
    for (const source of [
      'function f(say: Translate) {}',
      'interface I { say: Translate }',
      'const { t: say } = deps;',
    ])
      assert.deepEqual(read(source).problems, problems, source);
    assert.deepEqual(read('function f(t: Translate) { const { t: { x } } = words; }').problems, problems);
    assert.deepEqual(read('function f(t: Translate, { t }: Words) {}').problems, []);
  });

  it('of the source can all be translated', () => {
    const { texts, problems } = findTexts();
    assert.deepEqual(problems, []);
    assert.ok(texts.size > 500);
  });

  for (const language of languages) {
    for (const [original, path] of [
      [bundlePath(), bundlePath(language)],
      [manifestBundlePath(), manifestBundlePath(language)],
    ] as const) {
      it(`in ${path} keep placeholders, links and the names of products`, () => {
        const originals = readBundle(original);
        for (const [key, text] of Object.entries(readBundle(path))) {
          const meant = originals[key] ?? key;
          assert.deepEqual(placeholders(text), placeholders(meant), meant);
          assert.deepEqual(links(text), links(meant), meant);
          assert.deepEqual(products(text), products(meant), meant);
          assert.equal(text.endsWith('…'), meant.endsWith('…'), meant);
        }
      });
    }
  }
});

const links = (text: string) => text.match(/\(command:[\w.]+\)/g) ?? [];

const names = /Power BI|UiPath|Tenant Explorer|VS Code|Microsoft (?:365|Entra)|Fabric|Excel|Markdown|JSON|PEM|SHA-256/g;
const products = (text: string) => [...new Set(text.match(names) ?? [])].toSorted();
