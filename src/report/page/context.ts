import type { ReportSpot } from '../../core/report/reportSource.ts';
import type { FromPage, Shown } from '../protocol.ts';

/** What the parts of the page work with. */
export interface PageContext extends Shown {
  /** A number as the user reads numbers. */
  number(value: number): string;
  /** Asks the extension; absent in a saved file. */
  readonly ask?: (message: FromPage) => void;
}

/** Shows something in the view "Tenants", where there is one. */
export function reveal({ ask }: PageContext, spot: ReportSpot): void {
  ask?.({ type: 'reveal', spot });
}

/** Fills `{0}`, `{1}` … */
export function fill(text: string, ...values: readonly string[]): string {
  return text.replace(/\{(\d+)\}/g, (found, index: string) => values[Number(index)] ?? found);
}

export function createContext(shown: Shown, ask?: (message: FromPage) => void): PageContext {
  const numbers = new Intl.NumberFormat(shown.language);
  return { ...shown, number: (value) => numbers.format(value), ...(ask ? { ask } : {}) };
}
