import assert from 'node:assert/strict';
import { contosoWith, openReader, openWriter } from './fixture.ts';

/** What lets windows tell an older secret of a tenant from the newest one. */
describe('the number of a tenant’s session', () => {
  it('counts each replacement, unless there was another one since', () => {
    const { writer, path } = contosoWith();
    const other = openWriter(path).writer;
    const reader = openReader(path);
    assert.deepEqual([writer.nextGeneration('contoso', undefined), other.nextGeneration('contoso', 1)], [1, 2]);
    // The first window has not heard of it.
    assert.equal(writer.nextGeneration('contoso', 1), undefined);
    assert.equal(reader.tenant('contoso')?.generation, 2);
    assert.equal(writer.nextGeneration('contoso', undefined), 3);
  });

  it('counts a sign-out, so that what is under way comes too late, and no sign-in', () => {
    const { writer, path } = contosoWith();
    const reader = openReader(path);
    writer.setSession('contoso', { isSignedOut: false, account: 'ana', accountId: 'a' });
    assert.equal(reader.tenant('contoso')?.generation ?? 0, 0);
    writer.setSession('contoso', { isSignedOut: true });
    assert.equal(reader.tenant('contoso')?.generation, 1);
    assert.equal(writer.nextGeneration('contoso', 0), undefined);
    assert.deepEqual([reader.tenant('contoso')?.isSignedOut, reader.tenant('contoso')?.accountId], [true, undefined]);
  });

  it('is nothing for a tenant that is gone', () => {
    const { writer } = contosoWith();
    writer.removeTenant('contoso');
    assert.equal(writer.nextGeneration('contoso', undefined), undefined);
    assert.equal(writer.nextGeneration('contoso', 0), undefined);
  });
});
