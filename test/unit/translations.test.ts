import assert from 'node:assert/strict';
import { bundlePath, languages, manifestBundlePath, readBundle } from '../support/bundles.ts';
import { findTexts } from '../support/texts.ts';

const nouns = [
  ...['administrator', 'change', 'check', 'column', 'error', 'finding', 'grant', 'group', 'item', 'level', 'list'],
  ...['member', 'membership', 'minute', 'row', 'second', 'snapshot', 'tenant', 'way'],
];
const counting = new RegExp(`\\{(\\d)\\} ((?:nested |built-in |chosen )?(?:${nouns.join('|')})s)\\b`, 'i');
const asPattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\\\{\d\\\}/g, '\\{\\d\\}');
/** Looked at: the number is never one there, or one is told in other words. */
const neverOne = [
  'Access matrix: {0} rows, {1} columns, {2} cells',
  'Access right of {0} members',
  'Access through more than {0} nested groups',
  'All {0} groups of {1} tenants were looked at.',
  'All {0} groups were looked at.',
  'All {0} tenants were read whole.',
  'Delete the loaded data of {0} tenants?',
  'Delete {0} snapshots?',
  'Make these {0} changes?',
  'Make {0} Changes',
  'Making {0} changes…',
  'More than {0} members are too many for one file. Select some of the groups.',
  'Nobody signed in within {0} minutes.',
  'Nothing can be applied: the file has {0} errors. They are underlined, and among the problems.',
  'Of {0} groups in all, not all members are known.',
  'Read whole: {0} of {1} tenants. The rows of the others say what is missing.',
  'Remove {0} tenants?',
  'The service shows apps only among the first {0} members, so some may be missing.',
  'This concerns {0} groups. Type the name of the tenant to go on.',
  '{0} in {1} tenants',
  '{0} levels',
  '{0} of {1} changes were made.',
];

/** `npm run texts` writes what is missing here, and tells what is to be translated. */
describe('translations', () => {
  const { texts } = findTexts();

  it('are made of a bundle that has exactly the texts of the source', () => {
    const bundle = readBundle(bundlePath());
    assert.deepEqual(Object.keys(bundle), [...texts].toSorted());
    for (const [key, text] of Object.entries(bundle)) assert.equal(text, key);
  });

  it('count one thing as one: each text with a number and a plural has a twin with "1"', () => {
    const isLacking = (text: string) => {
      const [, number = '', noun = ''] = counting.exec(text) ?? [];
      const [start = '', end = ''] = text.split(`{${number}} ${noun}`);
      const one = `(1|[Oo]ne) ${noun.replace(/s$/, '')}`;
      // What follows may differ: "was" for "were", and other numbers move up.
      const twin = new RegExp(`^${asPattern(start)}${one}\\b${end === '' ? '$' : ''}`);
      return ![...texts].some((other) => twin.test(other));
    };
    assert.deepEqual([...texts].filter((text) => counting.test(text) && isLacking(text)).toSorted(), neverOne);
  });

  for (const language of languages) {
    it(`into ${language} are complete`, () => {
      assert.deepEqual(Object.keys(readBundle(bundlePath(language))), [...texts].toSorted());
      assert.deepEqual(
        Object.keys(readBundle(manifestBundlePath(language))),
        Object.keys(readBundle(manifestBundlePath())),
      );
    });

    it(`into ${language} say something in each place`, () => {
      for (const path of [bundlePath(language), manifestBundlePath(language)])
        for (const [key, text] of Object.entries(readBundle(path))) assert.notEqual(text.trim(), '', `${path} ${key}`);
    });
  }
});
