import * as vscode from 'vscode';
import type { Logger } from '../core/logger.ts';
import type { ToolDeps } from './tool.ts';

/** Registers the manifest's tools for language models; they are a bundle of their own, loaded when the first one runs. */
export function registerTools(
  manifest: { readonly contributes: { readonly languageModelTools: readonly { readonly name: string }[] } },
  deps: ToolDeps & { readonly log: Logger },
  ready: () => Promise<void>,
): vscode.Disposable {
  const loaded = async () => {
    await ready();
    return import('./invoke.ts');
  };
  const registered = manifest.contributes.languageModelTools.map(({ name }) =>
    vscode.lm.registerTool<unknown>(name, {
      prepareInvocation: async ({ input }) => (await loaded()).prepare(deps, name, input),
      invoke: async ({ input }, token) => (await loaded()).invoke(deps, name, input, token),
    }),
  );
  return vscode.Disposable.from(...registered);
}
