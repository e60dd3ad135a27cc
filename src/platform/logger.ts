import type { LogOutputChannel } from 'vscode';
import { isAppError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import { redact } from './redact.ts';

/** `Logger` over an output channel, which is opened with the first line. */
export function createLogger(channel: () => Pick<LogOutputChannel, keyof Logger>): Logger {
  return {
    debug: (message) => channel().debug(redact(message)),
    info: (message) => channel().info(redact(message)),
    warn: (message) => channel().warn(redact(message)),
    error: (message, error) => channel().error(redact(error === undefined ? message : `${message} ${describe(error)}`)),
  };
}

/** The whole chain of causes, with kinds, statuses and stacks. */
function describe(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : Object.prototype.toString.call(error);
  const status = isAppError(error) && error.status !== undefined ? ` ${error.status}` : '';
  const kind = isAppError(error) ? `[${error.kind}${status}] ` : '';
  const cause = error.cause === undefined || depth > 4 ? '' : `\nCaused by: ${describe(error.cause, depth + 1)}`;
  return `${kind}${error.stack ?? error.message}${cause}`;
}
