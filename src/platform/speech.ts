import * as vscode from 'vscode';
import type { Translate } from '../core/text/translate.ts';
import { withNumbers } from '../core/text/withNumbers.ts';

/** How commands speak: texts, numbers and times in VS Code's language. Loaded when the first one runs. */
export function createSpeech(): { readonly t: Translate; time(iso: string): string } {
  const { language } = vscode.env;
  return {
    t: withNumbers(vscode.l10n.t, language),
    time: (iso) => new Date(iso).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' }),
  };
}
