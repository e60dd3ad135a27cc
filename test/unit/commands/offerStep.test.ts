import assert from 'node:assert/strict';
import { offerStep } from '../../../src/commands/choose/offerStep.ts';
import { signOut } from '../../../src/commands/signOut.ts';
import { AppError, cancelled } from '../../../src/core/errors.ts';
import { silentLogger } from '../../../src/core/logger.ts';
import { createFakeDeps, run } from '../../support/fakeCommandDeps.ts';
import { tenantRecord } from '../../support/fakeReader.ts';

describe('a step that is offered in a notification', () => {
  /** What is told and logged of a step that ends so. */
  async function ending(thrown: unknown, ...replies: string[]) {
    const fake = createFakeDeps(...replies);
    const logged: unknown[] = [];
    const log = { ...silentLogger, error: (_: string, error?: unknown) => void logged.push(error) };
    let isTaken = false;
    await offerStep({ ...fake, log }, 'Done.', 'More', async () => {
      isTaken = true;
      if (thrown !== undefined) throw thrown;
    });
    return { isTaken, warned: fake.ui.warned, logged };
  }

  it('is taken only if the user wants', async () => {
    assert.deepEqual(await ending(undefined), { isTaken: false, warned: [], logged: [] });
    assert.deepEqual(await ending(undefined, 'More'), { isTaken: true, warned: [], logged: [] });
  });

  it('is told and logged where it fails, without the words of a service', async () => {
    const failure = new AppError('offline', 'ECONNRESET [x](command:y)');
    assert.deepEqual(await ending(failure, 'More'), {
      isTaken: true,
      warned: ['explained: offline'],
      logged: [failure],
    });
    const bug = new TypeError('x is not a function');
    const told = await ending(bug, 'More');
    assert.deepEqual([told.warned, told.logged], [['Something went wrong. The log says more.'], [bug]]);
  });

  it('ends without a word where the user cancels it', async () => {
    assert.deepEqual(await ending(cancelled(), 'More'), { isTaken: true, warned: [], logged: [] });
  });

  it('is told of after a command that has ended', async () => {
    const fake = createFakeDeps('Delete Loaded Data');
    fake.reader.setTenants([tenantRecord('a')]);
    const told = Promise.withResolvers<string>();
    const removeRows = async () => {
      throw new AppError('unavailable', 'The disk is full.');
    };
    const ui = Object.assign(fake.ui, { warn: told.resolve });
    await run(signOut, { ...fake, ui, tenants: { ...fake.tenants, removeRows } }, { tenantId: 'a' });
    assert.equal(await told.promise, 'explained: unavailable');
  });
});
