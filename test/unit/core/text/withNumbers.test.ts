import assert from 'node:assert/strict';
import { withNumbers } from '../../../../src/core/text/withNumbers.ts';
import { translate } from '../../../support/fakeCommandDeps.ts';

describe('withNumbers', () => {
  it('writes numbers as the language does, and nothing else', () => {
    assert.equal(withNumbers(translate, 'de')('{0} of {1}', 1234567, '4321'), '1.234.567 of 4321');
    assert.equal(withNumbers(translate, 'en')('{0} of {1}', 1234567, '4321'), '1,234,567 of 4321');
  });

  it('takes a language that it does not know for one that it does', () => {
    assert.equal(withNumbers(translate, 'qps-ploc')('{0}', 3), '3');
  });
});
