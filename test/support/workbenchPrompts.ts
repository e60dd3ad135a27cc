import type { Locator, Page } from 'playwright-core';
import { soon, until } from './until.ts';

export interface QuickPickItem {
  label: string;
  description: string;
  detail: string;
  /** Undefined where one item is chosen at once. */
  checked: boolean | undefined;
}

/** What VS Code asks: the command palette, quick picks, input boxes and modal dialogs. */
export class WorkbenchPrompts {
  /** The box at the top of the window. */
  readonly widget: Locator;
  readonly input: Locator;
  readonly dialog: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.widget = page.locator('.quick-input-widget:visible');
    this.input = this.widget.locator('.quick-input-box input');
    this.dialog = page.getByRole('dialog').filter({ has: page.locator('.dialog-message') });
  }

  /** Runs a command from the palette; its title is matched at the end, so that the category may be left out. */
  async runCommand(title: string): Promise<void> {
    // A command appears only once its extension is known, and an open palette does not learn of it.
    const command = await until(this.#page, `the command ${title}`, async () => {
      await this.#page.keyboard.press('F1');
      if (!(await soon(this.input))) return undefined;
      await this.input.fill(`>${title}`);
      const row = this.#item(new RegExp(`(^|: )${escapeRegExp(title)}$`)).first();
      if (await soon(row)) return row;
      await this.#page.keyboard.press('Escape');
      return undefined;
    });
    await this.#act(() => command.click());
  }

  /** Waits for a quick pick or input box with this title. */
  async waitForTitle(title: string): Promise<void> {
    await this.widget.locator('.quick-input-title').getByText(title, { exact: true }).waitFor();
  }

  /** Chooses the item with this label from a quick pick. */
  async choose(label: string | RegExp): Promise<void> {
    const item = this.#item(label).first();
    await this.#act(() => item.click());
  }

  /** Ticks items of a quick pick that takes several, and accepts it. */
  async chooseAll(labels: readonly string[]): Promise<void> {
    for (const label of labels) await this.#item(label).first().click();
    await this.accept();
  }

  /** Types into the box, without accepting: filters a quick pick, or shows what an input box says of the text. */
  async type(text: string): Promise<void> {
    await this.input.fill(text);
  }

  /** Types into an input box and accepts. */
  async enter(text: string): Promise<void> {
    await this.input.fill(text);
    await this.accept();
  }

  /** Accepts as Enter does; waits until something else is asked, or nothing. */
  async accept(): Promise<void> {
    await this.#act(() => this.input.press('Enter'));
  }

  /** Goes one step back in a dialog of several. */
  async back(): Promise<void> {
    const button = this.widget.locator('.quick-input-titlebar').getByRole('button', { name: 'Back' });
    await this.#act(() => button.click());
  }

  async dismiss(): Promise<void> {
    await this.input.press('Escape');
    await this.widget.waitFor({ state: 'hidden' });
  }

  /** The items in sight. */
  items(): Promise<QuickPickItem[]> {
    return this.widget.locator('.quick-input-list .monaco-list-row').evaluateAll((rows) =>
      rows.map((row) => {
        const text = (selector: string) => row.querySelector(selector)?.textContent ?? '';
        const checkbox = row.querySelector('.quick-input-list-checkbox');
        return {
          label: text('.quick-input-list-label .label-name'),
          description: text('.quick-input-list-label .label-description'),
          detail: text('.quick-input-list-label-meta'),
          checked: checkbox === null ? undefined : checkbox.getAttribute('aria-checked') === 'true',
        };
      }),
    );
  }

  /** What an input box says of its text. */
  async message(): Promise<string> {
    return (await this.widget.locator('.quick-input-message').textContent()) ?? '';
  }

  /** A modal dialog's words. */
  async modalText(): Promise<{ message: string; detail: string }> {
    await this.dialog.waitFor();
    const text = async (selector: string) => (await this.dialog.locator(selector).allTextContents()).join('\n');
    return { message: await text('.dialog-message-text'), detail: await text('.dialog-message-detail') };
  }

  /** Answers a modal dialog. */
  async modal(button: string): Promise<void> {
    await this.dialog.getByRole('button', { name: button, exact: true }).click();
    await this.dialog.waitFor({ state: 'hidden' });
  }

  #item(label: string | RegExp): Locator {
    const name = this.#page.locator('.quick-input-list-label .label-name');
    const labelled =
      typeof label === 'string' ? name.getByText(label, { exact: true }) : name.filter({ hasText: label });
    return this.widget.locator('.quick-input-list .monaco-list-row').filter({ has: labelled });
  }

  /** One box serves all questions: an action is over when the box shows another one, or is gone. */
  async #act(action: () => Promise<void>): Promise<void> {
    await this.input.waitFor();
    const before = await this.#question();
    await action();
    await until(this.#page, 'the answer to be taken', async () => (await this.#question()) !== before || undefined);
  }

  #question(): Promise<string> {
    return this.#page.locator('.quick-input-widget').evaluateAll(([widget]) => {
      if (widget === undefined || widget.style.display === 'none') return '';
      const input = widget.querySelector('.quick-input-box input');
      const shown = [...widget.querySelectorAll('.quick-input-title, .quick-input-list .label-name')];
      const texts = shown.map((element) => element.textContent);
      return JSON.stringify([...texts, input?.getAttribute('placeholder')]);
    });
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
