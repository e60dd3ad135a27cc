import type { Locator, Page } from 'playwright-core';

/** Notifications that are no dialogs: toasts while they last, all others in the notification centre. */
export class WorkbenchNotifications {
  readonly #items: Locator;
  readonly #centre: Locator;
  readonly #runCommand: (title: string) => Promise<void>;

  constructor(page: Page, runCommand: (title: string) => Promise<void>) {
    this.#items = page.locator('.notification-list-item:visible');
    this.#centre = page.locator('.notifications-center.visible');
    this.#runCommand = runCommand;
  }

  /** Waits until a notification contains this text. */
  async waitFor(text: string | RegExp): Promise<Locator> {
    const item = this.#items.filter({ hasText: text }).first();
    await item.waitFor();
    return item;
  }

  /** Presses a button of the notification that contains this text. */
  async press(text: string | RegExp, button: string): Promise<void> {
    const item = await this.waitFor(text);
    await item.hover();
    await item.locator('.monaco-button').getByText(button, { exact: true }).click();
  }

  /** The words of all notifications that were not dismissed; opens the notification centre. */
  async texts(): Promise<string[]> {
    if (!(await this.#centre.isVisible())) await this.#runCommand('Notifications: Show Notifications');
    await this.#centre.waitFor();
    return this.#centre.locator('.notification-list-item-message').allTextContents();
  }

  /** Dismisses all. */
  async clear(): Promise<void> {
    await this.#runCommand('Notifications: Clear All Notifications');
    await this.#items.first().waitFor({ state: 'hidden' });
  }
}
