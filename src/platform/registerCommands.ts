import * as vscode from 'vscode';
import { isAppError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import { notifyBug, notifyFailure } from './notify.ts';

/** A command as it is registered; `D` is what commands work with. */
interface Registrable<D> {
  /** Without the extension's prefix. */
  readonly name: string;
  run(deps: D, args: readonly unknown[], signal: AbortSignal): Promise<unknown>;
}

export interface RegisterOptions<D> {
  /** What the commands work with; asked for when a command runs, so that nothing is loaded before. */
  readonly deps: () => Promise<D>;
  readonly log: Logger;
  channel(): vscode.LogOutputChannel;
}

/**
 * Registers commands; the only caller of `registerCommand`. Each is one of the project's borders: what it throws is
 * logged in full and told once; what was cancelled is silent. Disposing aborts what runs.
 */
export function registerCommands<D>(
  commands: readonly Registrable<D>[],
  { deps, log, channel }: RegisterOptions<D>,
): vscode.Disposable {
  const controller = new AbortController();
  const run = async (command: Registrable<D>, args: readonly unknown[]): Promise<unknown> => {
    try {
      return await command.run(await deps(), args, controller.signal);
    } catch (error) {
      if (isAppError(error, 'cancelled') || controller.signal.aborted) return undefined;
      log.error(`The command ${command.name} failed.`, error);
      // Not awaited: a notification may stay for long, the command has ended.
      void (isAppError(error) ? notifyFailure(error, channel()) : notifyBug(channel()));
      return undefined;
    }
  };
  const registered = commands.map((command) =>
    vscode.commands.registerCommand(`tenantExplorer.${command.name}`, (...args: unknown[]) => run(command, args)),
  );
  return vscode.Disposable.from(...registered, { dispose: () => controller.abort() });
}
