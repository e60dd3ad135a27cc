/** One line of the table. */
export interface Figure {
  readonly measure: string;
  readonly ours: string;
  /** What it is compared with, measured in the same run. */
  readonly baseline: string;
  readonly ratio?: number;
  readonly goal: string;
  /** Absent where nothing is demanded. */
  readonly isMet?: boolean;
}

/** One question of the benchmark; `npm run bench -- <name>` runs it alone. */
export interface Bench {
  readonly name: string;
  /** @throws when something broke down: a goal that is missed is an answer, not an error */
  run(): Promise<readonly Figure[]>;
}

/** How a quantity is written. */
export type Format = (value: number) => string;

export const milliseconds: Format = (value) => (value < 10_000 ? `${number(value)} ms` : `${number(value / 1000)} s`);
export const count: Format = (value) => value.toLocaleString('en');
export const megabytes: Format = (value) => `${number(value / 2 ** 20)} MB`;
export const kilobytes: Format = (value) => `${number(value / 2 ** 10)} KB`;

function number(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });
}

interface Compared {
  readonly measure: string;
  readonly ours: number;
  readonly baseline: number;
  /** What the baseline is, in a few words. */
  readonly than: string;
  readonly format: Format;
}

/** A time or size that may be at most so many times the baseline's. */
export function atMostTimes(most: number, { measure, ours, baseline, than, format }: Compared): Figure {
  const ratio = ours / baseline;
  const texts = { measure, ours: format(ours), baseline: `${format(baseline)} (${than})` };
  return { ...texts, ratio, goal: `≤ ${most}×`, isMet: ratio <= most };
}

/** A speed that must be at least so many times the baseline's; both are given as times. */
export function atLeastTimesAsFast(least: number, { measure, ours, baseline, than, format }: Compared): Figure {
  const ratio = baseline / ours;
  const texts = { measure, ours: format(ours), baseline: `${format(baseline)} (${than})` };
  return { ...texts, ratio, goal: `≥ ${least}× as fast`, isMet: ratio >= least };
}

/** A quantity with a limit of its own; the baseline, if any, shows what the machine does without us. */
export function atMost(most: number, options: Omit<Compared, 'baseline' | 'than'> & Partial<Compared>): Figure {
  const { measure, ours, baseline, than, format } = options;
  return {
    measure,
    ours: format(ours),
    baseline: baseline === undefined ? '' : `${format(baseline)} (${than})`,
    ...(baseline === undefined || baseline === 0 ? {} : { ratio: ours / baseline }),
    goal: `≤ ${format(most)}`,
    isMet: ours <= most,
  };
}

/** What is told without a demand. */
export function told({ measure, ours, baseline, than, format }: Compared): Figure {
  const ratio = baseline === 0 ? {} : { ratio: ours / baseline };
  return { measure, ours: format(ours), baseline: `${format(baseline)} (${than})`, ...ratio, goal: '' };
}

/** The figures as a Markdown table, padded so that a terminal shows it well, too. */
export function toTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ measure, ours, baseline, ratio, goal, isMet }) => [
    ...[measure, ours, baseline, ratio === undefined ? '' : `${ratio.toFixed(2)}×`, goal],
    isMet === undefined ? '' : isMet ? 'yes' : 'NO',
  ]);
  const head = ['measure', 'ours', 'baseline', 'ratio', 'goal', 'met'];
  const widths = head.map((title, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0), title.length),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n');
}
