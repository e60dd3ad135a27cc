import * as vscode from 'vscode';
import type { TenantExplorerApi } from './api.ts';
import { registerTools } from './chat/registerTools.ts';
import type { Command } from './commands/command.ts';
import { registerCommands } from './platform/registerCommands.ts';
import { createServices, type Services } from './services.ts';

let services: Services | undefined;

/** Builds the services and registers the commands. @returns the API for other extensions */
export async function activate(context: vscode.ExtensionContext): Promise<TenantExplorerApi> {
  services = createServices(context);
  const { api, commandDeps, toolDeps, channel, ready, restoreReport } = services;
  const commands = contributedCommands(context.extension.packageJSON).map(lazyCommand);
  context.subscriptions.push(
    registerCommands(commands, { deps: () => ready().then(commandDeps), log: toolDeps.log, channel }),
    registerTools(context.extension.packageJSON, toolDeps, ready),
    vscode.window.registerWebviewPanelSerializer('tenantExplorer.report', { deserializeWebviewPanel: restoreReport }),
  );
  return api;
}

/** VS Code waits for it some seconds. */
export async function deactivate(): Promise<void> {
  await services?.close();
  services = undefined;
}

/** The manifest's commands; a test holds them equal to the list in `commands/index.ts`. */
function contributedCommands(manifest: {
  contributes: { commands: readonly { command: string }[] };
}): readonly string[] {
  return manifest.contributes.commands.map(({ command }) => command.slice(command.indexOf('.') + 1));
}

/** The commands are a bundle of their own, loaded when the first one runs. */
function lazyCommand(name: string): Command {
  return {
    name,
    run: async (...args) => {
      const { commands } = await import('./commands/index.ts');
      return commands.find((command) => command.name === name)?.run(...args);
    },
  };
}
