import * as z from 'zod/mini';
import { findingIds } from '../core/findings/findings.ts';
import type { Report } from '../core/report/report.ts';
import type { ReportSpot } from '../core/report/reportSource.ts';
import type { ReportTexts } from './reportTexts.ts';

/** What the page is given: by a message in VS Code, in the file itself where it is saved. */
export interface Shown {
  readonly report: Report;
  readonly texts: ReportTexts;
  /** A BCP 47 tag, for numbers. */
  readonly language: string;
}

/** What the extension tells the page. */
export interface ToPage extends Shown {
  readonly type: 'show';
  /** What the report is of: by it the extension reads it anew after the window was reloaded. */
  readonly key: string;
}

/** What the page keeps while it is hidden, and when the window is reloaded. */
export interface PageState {
  readonly key?: string;
  readonly madeAt?: string;
}

/** What the page asks of the extension: names nothing but places in the report, and texts of its own tables. */
export type FromPage =
  | { readonly type: 'ready' | 'refresh' | 'load' | 'save' }
  | TablePart
  | { readonly type: 'reveal'; readonly spot: ReportSpot };

/** Some rows of a table that is to be saved, the titles of its columns first. */
export interface TablePart {
  readonly type: 'table';
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
  readonly isLast: boolean;
}

const place = z.int().check(z.minimum(0));
const count = z.number();
const text = z.string();
const state = z.enum(['notLoaded', 'loading', 'complete', 'partial', 'denied', 'throttled', 'failed']);

const spot = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('cell'), person: place, group: place }),
  z.strictObject({ what: z.literal('group'), group: place }),
  z.strictObject({ what: z.literal('finding'), finding: place, row: place }),
]);

const fromPage: z.ZodMiniType<FromPage> = z.union([
  z.strictObject({ type: z.enum(['ready', 'refresh', 'load', 'save']) }),
  z.strictObject({ type: z.literal('reveal'), spot }),
  z.strictObject({ type: z.literal('table'), name: text, rows: z.array(z.array(text)), isLast: z.boolean() }),
]);

const report = z.object({
  title: text,
  madeAt: text,
  coverage: z.object({ isComplete: z.boolean(), summary: text }),
  counts: z.object({
    groups: count,
    people: count,
    guests: count,
    admins: count,
    grants: count,
    unknownGroups: count,
  }),
  rights: z.array(
    z.object({
      name: text,
      level: z.enum(['admin', 'edit', 'other', 'unknown', 'member']),
      grants: count,
      guestGrants: count,
    }),
  ),
  kinds: z.array(z.object({ kind: text, people: count })),
  tenants: z.array(
    z.object({ name: text, provider: text, groupsState: state, groups: count, complete: count, asOf: text }),
  ),
  groups: z.array(z.object({ name: text, tenant: place, state })),
  people: z.array(
    z.object({ name: text, email: text, kind: text, cells: z.array(place), is: z.exactOptional(z.array(place)) }),
  ),
  leftOut: z.object({ people: count, grants: count }),
  history: z.array(
    z.object({
      tenant: place,
      at: text,
      name: text,
      gained: count,
      lost: count,
      changed: count,
      memberships: count,
      gaps: count,
    }),
  ),
  findings: z.array(
    z.object({
      id: z.enum(findingIds),
      severity: z.enum(['high', 'medium', 'low']),
      title: text,
      why: text,
      advice: text,
      count,
      rows: z.array(text),
    }),
  ),
});

const shown = z.object({ report, texts: z.record(text, text), language: text });
const toPage = z.extend(shown, { type: z.literal('show'), key: text });

/** @returns nothing for what the page never sends */
export function parseFromPage(message: unknown): FromPage | undefined {
  const parsed = fromPage.safeParse(message);
  return parsed.success ? parsed.data : undefined;
}

/** @returns nothing for what the extension never tells */
export function parseToPage(message: unknown): ToPage | undefined {
  const parsed = toPage.safeParse(message);
  return parsed.success ? withWords(parsed.data) : undefined;
}

/** @returns nothing for what is no report */
export function parseShown(value: unknown): Shown | undefined {
  const parsed = shown.safeParse(value);
  return parsed.success ? withWords(parsed.data) : undefined;
}

/** The words are checked as words; which there are is the same build's on both sides. */
function withWords<T extends { readonly texts: Readonly<Record<string, string>> }>(
  parsed: T,
): Omit<T, 'texts'> & { readonly texts: ReportTexts } {
  const { texts, ...rest } = parsed;
  return { ...rest, texts: texts as ReportTexts };
}
