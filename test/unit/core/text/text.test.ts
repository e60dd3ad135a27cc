import assert from 'node:assert/strict';
import fc from 'fast-check';
import { foldText, safeText, sortKey } from '../../../../src/core/text/text.ts';

function sorted(names: readonly string[]): readonly string[] {
  return [...names].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

describe('folded text', () => {
  it('drops case and accents, also of full-width and composed forms', () => {
    assert.equal(foldText('ÅNGSTRÖM'), 'angstrom');
    assert.equal(foldText('Ａｎａ'), 'ana');
    assert.equal(foldText('Άννα'), foldText('αννα'));
    assert.equal(foldText('İstanbul'), 'istanbul');
  });

  it('keeps marks that are letters', () => {
    assert.notEqual(foldText('ガ'), foldText('カ'));
    assert.equal(foldText('한국'), '한국');
  });
});

describe('the natural order', () => {
  it('takes numbers by their value and ignores case', () => {
    assert.deepEqual(sorted(['Workspace 10', 'workspace 2', 'Workspace 1']), [
      'Workspace 1',
      'workspace 2',
      'Workspace 10',
    ]);
    assert.deepEqual(sorted(['a010', 'a9', 'a0011']), ['a9', 'a010', 'a0011']);
    assert.deepEqual(sorted(['zebra', 'Äpfel', 'birne']), ['Äpfel', 'birne', 'zebra']);
  });

  it('orders any two whole numbers as numbers', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), fc.bigInt({ min: 0n, max: 10n ** 40n }), (a, b) => {
        assert.equal(sortKey(`x${a}`) < sortKey(`x${b}`), a < b);
      }),
    );
  });
});

describe('safe text', () => {
  it('makes what hides or reorders visible', () => {
    assert.equal(safeText('abc\u202egnp.exe'), 'abc‹U+202E›gnp.exe');
    assert.equal(safeText('a\u0000b\u200bc'), 'a‹U+0000›b‹U+200B›c');
    assert.equal(safeText('two\nlines\tand tab'), 'two lines and tab');
  });

  it('leaves names in all scripts as they are', () => {
    for (const name of ['田中 太郎', 'محمد', 'Ñandú', 'Ωmega', '👩‍💻', 'علی‌رضا']) assert.equal(safeText(name), name);
  });

  it('leaves no control or bidi character in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.doesNotMatch(safeText(text), /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});
