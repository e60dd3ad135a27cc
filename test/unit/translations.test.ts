import assert from 'node:assert/strict';
import { bundlePath, languages, manifestBundlePath, readBundle } from '../support/bundles.ts';
import { findTexts } from '../support/texts.ts';

/** `npm run texts` writes what is missing here, and tells what is to be translated. */
describe('translations', () => {
  const { texts } = findTexts();

  it('are made of a bundle that has exactly the texts of the source', () => {
    const bundle = readBundle(bundlePath());
    assert.deepEqual(Object.keys(bundle), [...texts].toSorted());
    for (const [key, text] of Object.entries(bundle)) assert.equal(text, key);
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
