import { type FromPage, type PageState, parseShown, parseToPage, type Shown } from '../protocol.ts';
import { createContext, fill, type PageContext } from './context.ts';
import { coverageNote, coverageSection } from './coverage.ts';
import { button, el } from './dom.ts';
import { findingsSection } from './findings.ts';
import { historySection } from './history.ts';
import { type MatrixState, matrixSection } from './matrixSection.ts';
import { cards, distribution } from './numbers.ts';
import { followBrowser, followTheme, forgetFollowers } from './theme.ts';

/** What VS Code gives a page in it. */
interface VsCode {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare global {
  var acquireVsCodeApi: (() => VsCode) | undefined;
}

const root = document.getElementById('report') ?? document.body;

function show(context: PageContext, saved: MatrixState, save: (state: MatrixState) => void): void {
  const { report, texts, ask } = context;
  forgetFollowers();
  const actions = ask
    ? [button(texts.refresh, () => ask({ type: 'refresh' })), button(texts.save, () => ask({ type: 'save' }))]
    : [button(texts.print, () => print())];
  root.replaceChildren(
    el(
      'header',
      {},
      el('h1', {}, `${texts.heading}: ${report.title}`),
      el('p', { class: 'made' }, fill(texts.made, report.madeAt)),
      el('div', { class: 'actions' }, ...actions),
    ),
    coverageNote(context),
    cards(context),
  );
  const matrix = matrixSection(context, saved, save);
  root.append(matrix);
  // What lies below follows when this is painted.
  requestAnimationFrame(() =>
    setTimeout(() => {
      const parts = [findingsSection, distribution, historySection, coverageSection];
      if (matrix.isConnected) root.append(...parts.map((part) => part(context)));
    }),
  );
}

/** In VS Code the report comes by a message, and again when it is read anew or the page was hidden. */
function listen(vscode: VsCode): void {
  const ask = (message: FromPage) => vscode.postMessage(message);
  addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const shown = parseToPage(data);
    if (!shown) return;
    const { key } = shown;
    const { madeAt } = shown.report;
    const state = vscode.getState() as (PageState & { matrix?: MatrixState }) | undefined;
    // What is chosen is kept by its place, and each report has places of its own.
    const saved = state?.madeAt === madeAt ? (state.matrix ?? {}) : {};
    vscode.setState({ key, madeAt, matrix: saved });
    show(createContext(shown, ask), saved, (matrix) => vscode.setState({ key, madeAt, matrix }));
  });
  ask({ type: 'ready' });
}

function readSaved(): Shown | undefined {
  const data = document.getElementById('data');
  return data ? parseShown(JSON.parse(data.textContent)) : undefined;
}

followTheme();
const saved = readSaved();
if (saved) {
  followBrowser();
  show(createContext(saved), {}, () => undefined);
} else if (globalThis.acquireVsCodeApi) listen(globalThis.acquireVsCodeApi());
