import assert from 'node:assert/strict';
import { fromErrorData, toAppError, toErrorData } from '../../../src/core/errors.ts';
import { explain } from '../../../src/platform/explain.ts';
import { toStoreError } from '../../../src/store/storeError.ts';

const t = (text: string) => text;

/** As it comes from the worker. */
const told = (cause: unknown) => {
  const { what, advice } = explain(t, fromErrorData(toErrorData(toAppError(toStoreError(cause)))));
  return `${what}. ${advice}`;
};

describe('a store that cannot be used', () => {
  for (const [cause, words] of [
    [Object.assign(new Error('database or disk is full'), { errcode: 13 }), /disk is full: make room/],
    [Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' }), /disk is full: make room/],
    [Object.assign(new Error('readonly'), { errcode: 8 }), /allow writing/],
    [Object.assign(new Error('busy'), { errcode: 5 }), /Another window/],
    [Object.assign(new Error('io'), { errcode: 10 }), /disk reported an error/],
    [Object.assign(new Error('cannot open'), { errcode: 14 }), /could not be opened/],
    [Object.assign(new Error('corrupt'), { errcode: 11 }), /damaged/],
    [Object.assign(new Error('secret text'), { errcode: 99 }), /log says more/],
  ] as const) {
    it(`is told as this computer's trouble, not a service's: ${cause.message}`, () => {
      assert.match(told(cause), words);
      assert.match(told(cause), /kept on this computer/);
      assert.doesNotMatch(told(cause), /service|secret text/);
    });
  }
});
