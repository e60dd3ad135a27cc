import type { RightLevel } from '../../core/report/report.ts';

/** The colours of the page as they are now; the style sheet takes them from VS Code. */
export interface Theme {
  readonly foreground: string;
  readonly muted: string;
  readonly background: string;
  readonly line: string;
  /** Between the cells of the matrix. */
  readonly grid: string;
  readonly focus: string;
  readonly unknown: string;
  readonly font: string;
  readonly gained: string;
  readonly lost: string;
  readonly changed: string;
  /** By the places of the rights. */
  readonly rights: readonly string[];
  /** Of letters on them. */
  readonly onRights: readonly string[];
}

/** Rights of one level that differ get shades. */
const shades: Readonly<Record<RightLevel, readonly string[]>> = {
  admin: ['--admin'],
  edit: ['--edit', '--edit-less'],
  other: ['--other'],
  unknown: ['--unknown-right'],
  member: ['--member'],
};

export function readTheme(levels: readonly RightLevel[]): Theme {
  const style = getComputedStyle(document.body);
  const color = (name: string) => style.getPropertyValue(name).trim();
  const seen = new Map<RightLevel, number>();
  const rights = levels.map((level) => {
    const turn = seen.get(level) ?? 0;
    seen.set(level, turn + 1);
    const own = shades[level];
    return color(own[Math.min(turn, own.length - 1)] ?? '--member');
  });
  return {
    foreground: color('--foreground'),
    muted: color('--muted'),
    background: color('--background'),
    line: color('--line'),
    grid: color('--grid'),
    focus: color('--focus'),
    unknown: color('--unknown'),
    font: style.fontFamily,
    gained: color('--gained'),
    lost: color('--lost'),
    changed: color('--changed'),
    rights,
    onRights: rights.map((right) => readableOn(right)),
  };
}

/** Black or white, whichever stands out more. */
function readableOn(color: string): string {
  const [red = 0, green = 0, blue = 0] = (color.match(/[0-9a-f]{2}/gi) ?? []).map((part) => {
    const value = Number.parseInt(part, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 ? '#ffffff' : '#000000';
}

const followers = new Set<() => void>();

/** Called when the colours changed, until the page is made anew. */
export function onThemeChange(changed: () => void): void {
  followers.add(changed);
}

/** Whoever followed the colours is not on the page any more. */
export function forgetFollowers(): void {
  followers.clear();
}

/** VS Code marks the body and sets the colours of a theme on the root. */
export function followTheme(): void {
  const tell = () => {
    for (const follower of followers) follower();
  };
  const observer = new MutationObserver(tell);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
}

/** A saved page is marked as VS Code would mark it: dark where the browser is, and never on paper. */
export function followBrowser(): void {
  const isDark = matchMedia('screen and (prefers-color-scheme: dark)');
  const mark = () => document.body.classList.toggle('vscode-dark', isDark.matches);
  isDark.addEventListener('change', mark);
  mark();
}
