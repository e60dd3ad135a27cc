import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

export interface Exported {
  readonly name: string;
  readonly text: string;
}

/** Runs a command that exports, for the tests of the suite that calls it: in the first of the formats, by the name that is offered. */
export function useExports(): (command: string, ...args: readonly unknown[]) => Promise<Exported> {
  const home = process.env.HOME;
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'exports-'));
    // Where the save dialog starts; extensions run in this process, too.
    process.env.HOME = folder;
  });
  after(() => {
    process.env.HOME = home;
    rmSync(folder, { recursive: true, force: true });
  });

  return async (command, ...args) => {
    const earlier = readdirSync(folder);
    let isOver = false;
    const running = vscode.commands.executeCommand(command, ...args).then(() => {
      isOver = true;
    });
    // A dialog may not be up yet.
    while (!isOver) await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await running;
    const [name = ''] = readdirSync(folder).filter((one) => !earlier.includes(one));
    return { name, text: readFileSync(join(folder, name), 'utf8') };
  };
}
