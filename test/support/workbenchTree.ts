import type { Locator, Page } from 'playwright-core';
import { soon, until } from './until.ts';

/** A row of a tree view, as it is painted and as it is read out. */
export interface TreeRow {
  /** Its place among all rows, from 0. */
  index: number;
  label: string;
  description: string;
  /** From 1. */
  level: number;
  /** Undefined for a row without children. */
  expanded: boolean | undefined;
  selected: boolean;
  /** What a screen reader says. */
  aria: string;
}

/** A row's label, or labels downwards that end with it: ['Sales', 'Ada'] is the Ada in Sales. */
export type RowPath = string | readonly string[];

/** One tree view. Methods that take a row wait until it is painted; a row scrolled out of sight is not. */
export class WorkbenchTree {
  /** The view's section: header, actions, welcome text, rows. */
  readonly pane: Locator;
  readonly #page: Page;
  readonly #rows: Locator;
  readonly #menu: Locator;

  constructor(page: Page, view: string) {
    this.#page = page;
    this.#menu = page.locator('.monaco-menu-container .monaco-menu');
    this.pane = page.locator('.pane').filter({ has: page.locator(`.pane-header[aria-label^="${view}"]`) });
    this.#rows = this.pane.locator('.monaco-list-row[role="treeitem"]');
  }

  /** The rows in sight, from top to bottom. */
  async rows(): Promise<TreeRow[]> {
    const rows = await this.#rows.evaluateAll((elements) =>
      elements.map((element) => ({
        index: Number(element.getAttribute('data-index')),
        label: element.querySelector('.label-name')?.textContent ?? '',
        description: element.querySelector('.label-description')?.textContent ?? '',
        level: Number(element.getAttribute('aria-level')),
        expanded: element.getAttribute('aria-expanded'),
        selected: element.getAttribute('aria-selected') === 'true',
        aria: element.getAttribute('aria-label') ?? '',
      })),
    );
    rows.sort((a, b) => a.index - b.index);
    return rows.map(({ expanded, ...row }) => ({
      ...row,
      expanded: expanded === null ? undefined : expanded === 'true',
    }));
  }

  /** Waits until the rows are as asked. @returns them */
  waitForRows(what: string, accept: (rows: TreeRow[]) => boolean): Promise<TreeRow[]> {
    const probe = async () => {
      const rows = await this.rows();
      return accept(rows) ? rows : undefined;
    };
    return until(this.#page, what, probe, () => this.rows());
  }

  /** Waits for a row. Its locator is meant for at once: it counts rows, and rows move. */
  async row(path: RowPath): Promise<Locator> {
    await this.#closeTooltips();
    const { index } = await this.read(path);
    return this.pane.locator(`.monaco-list-row[data-index="${index}"]`);
  }

  /** What a row shows. */
  async read(path: RowPath): Promise<TreeRow> {
    const rows = await this.waitForRows(`the row ${describePath(path)}`, (all) => indexOf(all, path) >= 0);
    return rows[indexOf(rows, path)] as TreeRow;
  }

  /** The rows one level beneath an expanded row. */
  async children(path: RowPath): Promise<TreeRow[]> {
    return childrenOf(await this.rows(), path);
  }

  /** Opens a row and waits until what is beneath it is loaded. @returns the rows beneath */
  async expand(path: RowPath): Promise<TreeRow[]> {
    await this.open(path);
    let before = '';
    const hasChildren = (rows: TreeRow[]) => {
      const children = childrenOf(rows, path);
      // The same in two frames: rows come and go while a load begins and ends.
      const isSteady = before === JSON.stringify(children);
      before = JSON.stringify(children);
      return isSteady && children.length > 0 && !children.some(({ label }) => label.includes('Loading…'));
    };
    return childrenOf(await this.waitForRows(`rows beneath ${describePath(path)}`, hasChildren), path);
  }

  /** Opens a row, and waits for nothing. */
  async open(path: RowPath): Promise<void> {
    const { expanded } = await this.read(path);
    if (expanded !== true) await this.#twistie(path);
  }

  /** Closes a row. */
  async collapse(path: RowPath): Promise<void> {
    const { expanded } = await this.read(path);
    if (expanded === true) await this.#twistie(path);
    const isClosed = (rows: TreeRow[]) => rows[indexOf(rows, path)]?.expanded === false;
    await this.waitForRows(`${describePath(path)} to close`, isClosed);
  }

  /** Closes the view itself, so that there is room for others. */
  async fold(): Promise<void> {
    await this.pane.locator('.pane-header').click({ position: { x: 20, y: 8 } });
    await this.pane.locator('.pane-header[aria-expanded="false"]').waitFor();
  }

  /** Scrolls to the last row. */
  async toEnd(): Promise<void> {
    await this.pane.locator('.monaco-list').press('End');
  }

  /** Scrolls to the first row. */
  async toStart(): Promise<void> {
    await this.pane.locator('.monaco-list').press('Home');
  }

  /** The name of a row's product icon. */
  async icon(path: RowPath): Promise<string | undefined> {
    const row = await this.row(path);
    const classes = await row.locator('.custom-view-tree-node-item-icon').getAttribute('class');
    return /codicon-(?!colored)([\w-]+)/.exec(classes ?? '')?.[1];
  }

  /** Rests the mouse on a row. @returns the lines of its tooltip */
  async tooltip(path: RowPath): Promise<string[]> {
    // Before it is resolved it says "Loading...".
    const tooltip = this.#page.locator('.workbench-hover').filter({ hasText: ': ' });
    await until(this.#page, `the tooltip of ${describePath(path)}`, async () => {
      const row = await this.row(path);
      // The mouse is heard of while it moves only.
      await row.hover({ position: { x: 120, y: 10 } });
      await row.hover({ position: { x: 122, y: 11 } });
      return (await soon(tooltip)) || undefined;
    });
    // It fades in.
    await tooltip.evaluate((element) =>
      Promise.all(element.getAnimations().map((each: { finished: Promise<unknown> }) => each.finished)),
    );
    const text = (await tooltip.innerText()).replaceAll('\u00a0', ' ');
    return text.split('\n').filter((line) => line.trim() !== '');
  }

  /** Clicks a row; `Control` adds it to the selection, `Shift` selects up to it. */
  async click(path: RowPath, modifiers: ('ControlOrMeta' | 'Shift')[] = []): Promise<void> {
    const row = await this.row(path);
    await row.locator('.label-name').click({ modifiers });
  }

  /** Drags a row to another one. */
  async drag(from: RowPath, to: RowPath): Promise<void> {
    const source = await this.row(from);
    const target = await this.row(to);
    await source.locator('.label-name').dragTo(target.locator('.label-name'));
  }

  /** Chooses from a row's context menu. */
  async contextMenu(path: RowPath, item: string): Promise<void> {
    const chosen = this.#menu.getByRole('menuitem', { name: item, exact: true });
    // A menu shows what held when it opened: it is opened until it serves.
    await until(this.#page, `${item} in the context menu of ${describePath(path)}`, async () => {
      await this.#openContextMenu(path);
      if (await soon(chosen)) {
        // Just opened, it does not hear of clicks yet, but of keys.
        await chosen.hover();
        await this.#page.keyboard.press('Enter');
        if (await soon(this.#menu, 'hidden')) return true;
      }
      await this.#closeContextMenu();
      return undefined;
    });
  }

  /** What a row's context menu offers. */
  async contextMenuItems(path: RowPath): Promise<string[]> {
    await this.#openContextMenu(path);
    const items = await this.#menu.getByRole('menuitem').allTextContents();
    await this.#closeContextMenu();
    return items.map((item) => item.trim()).filter((item) => item !== '');
  }

  /** Presses a row's inline button by its tooltip. */
  async inlineAction(path: RowPath, label: string): Promise<void> {
    await until(this.#page, `the button ${label} of ${describePath(path)}`, async () => {
      const row = await this.row(path);
      await row.hover();
      const button = row.locator(`.actions .action-label[aria-label="${label}"]`);
      if (!(await soon(button))) return undefined;
      await button.click();
      return true;
    });
  }

  /** Presses a button in the view's title bar. */
  async titleAction(label: string): Promise<void> {
    await this.pane.hover();
    await this.#page.locator(`.part.sidebar .action-label[aria-label="${label}"]`).first().click();
  }

  async #twistie(path: RowPath): Promise<void> {
    const row = await this.row(path);
    await row.locator('.monaco-tl-twistie').click();
  }

  /** Menus are built while extensions still start; one that opens empty is closed and opened again. */
  async #openContextMenu(path: RowPath): Promise<void> {
    await until(this.#page, `the context menu of ${describePath(path)}`, async () => {
      const row = await this.row(path);
      await row.locator('.label-name').click({ button: 'right' });
      if (await soon(this.#menu.getByRole('menuitem').first())) return true;
      await this.#closeContextMenu();
      return undefined;
    });
  }

  /** They lie over rows. */
  async #closeTooltips(): Promise<void> {
    const tooltip = this.#page.locator('.workbench-hover').first();
    await until(this.#page, 'the tooltips to close', async () => {
      await this.#page.mouse.move(0, 0);
      if (await tooltip.isHidden()) return true;
      // One that was slow to come does not hear of the mouse having left, but any key that is not bound closes it.
      await this.#page.keyboard.press('Pause');
      return (await soon(tooltip, 'hidden')) || undefined;
    });
  }

  async #closeContextMenu(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await this.#menu.waitFor({ state: 'hidden' });
  }
}

function describePath(path: RowPath): string {
  return typeof path === 'string' ? path : path.join(' / ');
}

/** The first row that has the path's last label and, above it, the labels before. */
function indexOf(rows: readonly TreeRow[], path: RowPath): number {
  const labels = typeof path === 'string' ? [path] : path;
  return rows.findIndex((_, index) => {
    const line = lineage(rows, index);
    return labels.every((label, at) => line[line.length - labels.length + at] === label);
  });
}

/** The labels from the top row down to this one. */
function lineage(rows: readonly TreeRow[], index: number): string[] {
  const line: string[] = [];
  let level = Number.POSITIVE_INFINITY;
  for (const row of rows.slice(0, index + 1).reverse()) {
    if (row.level >= level) continue;
    line.unshift(row.label);
    level = row.level;
  }
  return line;
}

function childrenOf(rows: readonly TreeRow[], path: RowPath): TreeRow[] {
  const index = indexOf(rows, path);
  const parent = rows[index];
  if (parent === undefined) return [];
  const after = rows.slice(index + 1);
  const end = after.findIndex((row) => row.level <= parent.level);
  return after.slice(0, end < 0 ? undefined : end).filter((row) => row.level === parent.level + 1);
}
