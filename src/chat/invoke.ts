import * as vscode from 'vscode';
import { isAppError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import { safeText } from '../core/text/text.ts';
import { withSignal } from '../platform/cancellation.ts';
import { tellModel } from './tellModel.ts';
import type { Tool, ToolDeps } from './tool.ts';
import { tools } from './tools.ts';

type Deps = ToolDeps & { readonly log: Logger };

/** What the user sees before a tool runs: asked only where requests would be sent. */
export function prepare(deps: Deps, name: string, input: unknown): vscode.PreparedToolInvocation | undefined {
  try {
    const { doing, question } = toolNamed(name).plan(deps, input);
    const confirmation = question && { title: question.title, message: literal(question.message) };
    return { invocationMessage: literal(doing), ...(confirmation ? { confirmationMessages: confirmation } : {}) };
  } catch (error) {
    // Wrong input: the run says so, and sends nothing.
    if (!isAppError(error)) deps.log.error(`The tool ${name} could not be prepared.`, error);
    return undefined;
  }
}

/** Runs a tool. One of the project's borders: what fails is logged in full, and told to the model in words of ours. */
export async function invoke(
  deps: Deps,
  name: string,
  input: unknown,
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  try {
    const result = await withSignal(token, undefined, (signal) => toolNamed(name).run(deps, input, signal));
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(tellModel(result))]);
  } catch (error) {
    if (isAppError(error, 'cancelled')) throw new vscode.CancellationError();
    deps.log.error(`The tool ${name} failed.`, error);
    if (isAppError(error, 'invalid') || isAppError(error, 'notFound')) throw error;
    throw new Error('Tenant Explorer could not answer. The user finds the reason in its log.');
  }
}

function toolNamed(name: string): Tool {
  const tool = tools.find((one) => one.name === name);
  if (!tool) throw new Error(`There is no tool ${name}.`);
  return tool;
}

/** Names in it are shown as they are: neither as Markdown nor as links. */
function literal(text: string): vscode.MarkdownString {
  return new vscode.MarkdownString().appendText(safeText(text));
}
