import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { createBusyMessage } from '../../../src/tree/busyMessage.ts';

describe('the message above the rows of a view', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  function stage() {
    const shown: string[] = [];
    return { shown, message: createBusyMessage((text) => shown.push(text), 'Reading…', 400) };
  }

  it('says what runs once it lasts, then what was to be said', () => {
    const { shown, message } = stage();
    message.setRest('All was looked at.');
    message.setBusy(true);
    mock.timers.tick(400);
    message.setBusy(false);
    assert.deepEqual(shown, ['All was looked at.', 'Reading…', 'All was looked at.']);
  });

  it('says nothing of what is over soon', () => {
    const { shown, message } = stage();
    message.setBusy(true);
    mock.timers.tick(399);
    message.setBusy(false);
    mock.timers.tick(1000);
    assert.deepEqual(shown, []);
  });

  it('says what came of it only when it is over', () => {
    const { shown, message } = stage();
    message.setBusy(true);
    mock.timers.tick(400);
    message.setRest('Done.');
    message.setBusy(false);
    assert.deepEqual(shown, ['Reading…', 'Done.']);
  });

  it('is left alone when the view is gone', () => {
    const { shown, message } = stage();
    message.setBusy(true);
    message.dispose();
    mock.timers.tick(1000);
    assert.deepEqual(shown, []);
  });
});
