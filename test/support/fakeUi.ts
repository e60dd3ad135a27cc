import type { CheckAgain, EditedFile, FileProblem } from '../../src/core/editedFile.ts';
import { cancelled } from '../../src/core/errors.ts';
import type {
  Choice,
  InputOptions,
  SaveOptions,
  SearchOptions,
  StepOptions,
  Ui,
  WalkthroughStep,
} from '../../src/core/ui.ts';

/** What a test answers a dialog (a search: `what is typed → what is chosen`, and ` → its button`): the label of a choice or a button, the labels of several, a text, or one of these. */
export const goBack = Symbol('back');
export const close = Symbol('close');
export type Reply = string | readonly string[] | typeof goBack | typeof close;

/** A user who answers from a list, and a record of what was shown. */
export interface FakeUi extends Ui {
  /** Answers still to be given, in order. */
  readonly replies: Reply[];
  readonly shown: {
    kind: string;
    text: string;
    labels?: readonly string[];
    /** Those that were chosen from the start. */
    picked?: readonly string[];
    value?: string;
    options?: InputOptions;
  }[];
  readonly copied: string[];
  readonly opened: string[];
  readonly documents: { title: string; language: string; text: string }[];
  readonly informed: string[];
  readonly warned: string[];
  /** Steps of the walkthrough that were done. */
  readonly completed: WalkthroughStep[];
  /** What is offered to save a file as. */
  readonly saved: SaveOptions[];
  /** The file in the active editor. */
  edited: EditedFile | undefined;
  /** Files that were opened unsaved. */
  readonly newFiles: { name: string; text: string }[];
  /** What is marked in files, by their addresses. */
  readonly marked: Map<string, readonly FileProblem[]>;
  /** When it resolves, the user cancels what shows its progress. */
  cancelsAt: Promise<unknown> | undefined;
  /** What is asked when the file that was marked last is saved. */
  checksAgain?: CheckAgain | undefined;
}

export function createFakeUi(...replies: Reply[]): FakeUi {
  const fake: FakeUi = {
    replies,
    shown: [],
    copied: [],
    opened: [],
    documents: [],
    informed: [],
    warned: [],
    completed: [],
    saved: [],
    edited: undefined,
    newFiles: [],
    marked: new Map(),
    cancelsAt: undefined,
    pick: async <T>(choices: readonly Choice<T>[], options: StepOptions) => {
      const labels = choices.map(({ label }) => label);
      fake.shown.push({ kind: 'pick', text: options.placeholder ?? '', labels, options });
      const reply = next();
      if (reply === goBack) return 'back';
      const choice = choices.find(({ label }) => label === reply);
      if (!choice) throw new Error(`There is no choice "${reply}" among ${labels.join(', ')}.`);
      return { value: choice.value };
    },
    pickMany: async <T>(choices: readonly Choice<T>[], options: StepOptions) => {
      const labelsOf = (some: readonly Choice<T>[]) => some.map(({ label }) => label);
      const picked = labelsOf(choices.filter(({ isPicked }) => isPicked));
      fake.shown.push({
        kind: 'pickMany',
        text: options.placeholder ?? '',
        labels: labelsOf(choices),
        picked,
        options,
      });
      const reply = replies.shift();
      if (reply === goBack) return 'back';
      if (reply === close) throw cancelled();
      if (!Array.isArray(reply)) throw new Error(`Several were to be chosen, not ${String(reply)}.`);
      const chosen = choices.filter(({ label }) => reply.includes(label));
      if (chosen.length < reply.length) throw new Error(`Not all of "${reply.join(', ')}" can be chosen.`);
      return { value: chosen.map(({ value }) => value) };
    },
    search: async <T>({ title, text: typed, search }: SearchOptions<T>) => {
      const wanted = next();
      if (wanted === goBack) throw new Error('There is no way back from a search.');
      const [text = typed, reply, button] = wanted.split(' → ');
      const { choices, remark } = await search(text);
      const labels = choices.map(({ label, description, detail }) =>
        [label, description, detail].filter(Boolean).join(' | '),
      );
      fake.shown.push({ kind: 'search', text: remark === '' ? title : remark, labels });
      const choice = choices.find(({ label }) => label === reply);
      if (!choice) throw new Error(`There is no choice "${reply}" among ${labels.join(', ')}.`);
      if (button !== undefined && choice.button?.title !== button) throw new Error(`There is no button "${button}".`);
      return { value: choice.value, text, isByButton: button !== undefined };
    },
    input: async (options: InputOptions) => {
      fake.shown.push({ kind: 'input', text: options.prompt ?? '', value: options.value ?? '', options });
      const reply = next();
      if (reply === goBack) return 'back';
      const problem = options.validate?.(reply);
      if (problem !== undefined) throw new Error(`The dialog does not take "${reply}": ${problem}`);
      return { value: reply };
    },
    pickTextFile: async ({ title }) => {
      fake.shown.push({ kind: 'file', text: title });
      const reply = next();
      return reply === goBack ? undefined : reply;
    },
    confirm: async (message, detail, buttons) => {
      fake.shown.push({ kind: 'confirm', text: `${message}\n${detail}`, labels: buttons.map(({ label }) => label) });
      const reply = replies.shift();
      if (reply === close || reply === undefined) return undefined;
      const button = buttons.find(({ label }) => label === reply);
      if (!button) throw new Error(`There is no button "${String(reply)}".`);
      return button.value;
    },
    inform: (message) => void fake.informed.push(message),
    offer: async (message, button) => {
      fake.informed.push(message);
      const isClicked = replies[0] === button;
      if (isClicked) replies.shift();
      return isClicked;
    },
    warn: (message) => void fake.warned.push(message),
    saveFile: async (options) => {
      fake.saved.push(options);
      const reply = next();
      if (reply === goBack) throw new Error('That dialog has no way back.');
      return reply;
    },
    copy: async (text) => void fake.copied.push(text),
    openExternal: async (url) => void fake.opened.push(url),
    showDocument: async (title, language, text) => void fake.documents.push({ title, language, text }),
    showDiff: async (title, before, after) =>
      void fake.documents.push({ title, language: 'diff', text: `${before}\n=====\n${after}` }),
    openNewFile: async (name, text) => void fake.newFiles.push({ name, text }),
    editedFile: async () => {
      if (!fake.edited) throw cancelled();
      return fake.edited;
    },
    markProblems: async (uri, problems, again) => {
      fake.marked.set(uri, problems);
      fake.checksAgain = again;
    },
    withProgress: async (_title, signal, task) => {
      const own = new AbortController();
      void fake.cancelsAt?.then(() => own.abort());
      try {
        return await task({ report: () => undefined }, AbortSignal.any([own.signal, ...(signal ? [signal] : [])]));
      } catch (error) {
        throw own.signal.aborted ? cancelled() : error;
      }
    },
    completeStep: (step) => void fake.completed.push(step),
    showLog: () => void fake.shown.push({ kind: 'log', text: '' }),
    explain: (kind) => `explained: ${kind}`,
    tellReason: async (reason) => reason,
    tellWhat: (kind) => `told: ${kind}`,
  };
  function next(): string | typeof goBack {
    const reply = replies.shift();
    if (reply === undefined) throw new Error('The dialog was not expected.');
    if (reply === close) throw cancelled();
    if (typeof reply === 'object') throw new Error(`Only one can be chosen, not ${reply.join(', ')}.`);
    return reply;
  }
  return fake;
}
