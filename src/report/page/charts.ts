import { BarChart, type BarSeriesOption } from 'echarts/charts';
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { PageContext } from './context.ts';
import { withCsv } from './csvButton.ts';
import { type Column, el, table } from './dom.ts';
import { onThemeChange, readTheme, type Theme } from './theme.ts';

use([BarChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer]);

export interface Bars {
  /** Said to who cannot see the picture. */
  readonly label: string;
  readonly categories: readonly string[];
  readonly series: readonly Series[];
  readonly isUpright?: boolean;
  /** The same in numbers, beside the picture. */
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

export interface Series {
  readonly name: string;
  readonly values: readonly number[];
  /** Whether its colour is told beside the picture: it has one. */
  readonly legend?: true;
  /** One for all, or one for each value. */
  colors(theme: Theme): string | readonly string[];
}

/** A chart of bars with its numbers beside it. Nothing in it moves. */
export function bars(
  context: PageContext,
  title: string,
  { label, categories, series, isUpright, columns, rows }: Bars,
): HTMLElement {
  const { report, number } = context;
  const picture = el('div', { class: 'picture' });
  const height = isUpright ? 260 : Math.max(90, 44 + categories.length * 30);
  picture.style.height = `${height}px`;
  const swatches = series.flatMap((one) => (one.legend ? [{ ...one, swatch: el('span', { class: 'swatch' }) }] : []));
  let chart: EChartsType | undefined;

  function draw(): void {
    if (!chart) return;
    const theme = readTheme(report.rights.map(({ level }) => level));
    for (const { swatch, colors } of swatches) swatch.style.backgroundColor = String(colors(theme));
    const text = { color: theme.foreground, fontFamily: theme.font, fontSize: 12 };
    const names = {
      type: 'category' as const,
      data: [...categories],
      inverse: !isUpright,
      axisLabel: { ...text, hideOverlap: true, width: 130, overflow: 'truncate' as const },
      axisLine: { lineStyle: { color: theme.muted } },
      axisTick: { show: false },
    };
    const numbers = {
      type: 'value' as const,
      minInterval: 1,
      axisLabel: { ...text, hideOverlap: true, formatter: (value: number) => number(Math.abs(value)) },
      splitLine: { lineStyle: { color: theme.line } },
    };
    chart.setOption({
      animation: false,
      aria: { enabled: true, label: { description: label }, decal: { show: series.length > 1 } },
      backgroundColor: 'transparent',
      textStyle: text,
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'shadow' },
        renderMode: 'richText',
        confine: true,
        backgroundColor: theme.background,
        borderColor: theme.muted,
        textStyle: text,
        valueFormatter: (value: unknown) => number(Math.abs(Number(value))),
      },
      grid: { left: 8, right: 24, top: 12, bottom: 8, outerBoundsMode: 'same' },
      xAxis: isUpright ? names : numbers,
      yAxis: isUpright ? numbers : names,
      series: series.map((one) => toSeries(one, theme)),
    });
  }

  onThemeChange(draw);
  // It has no size before it is on the page.
  new ResizeObserver(() => {
    if (chart) return chart.resize();
    chart = init(picture, null, { renderer: 'svg' });
    draw();
  }).observe(picture);
  return el(
    'figure',
    {},
    el('figcaption', {}, title),
    ...(series.some(({ legend }) => legend) ? [createLegend(swatches)] : []),
    el('div', { class: 'pair' }, picture, withCsv(context, title, columns, rows, table(title, columns, rows))),
  );
}

function createLegend(swatches: readonly { readonly name: string; readonly swatch: HTMLElement }[]): HTMLElement {
  const items = swatches.map(({ name, swatch }) => el('li', {}, swatch, ` ${name}`));
  return el('ul', { class: 'chart-legend' }, ...items);
}

function toSeries({ name, values, colors }: Series, theme: Theme): BarSeriesOption {
  const chosen = colors(theme);
  const data = values.map((value, index) =>
    typeof chosen === 'string' ? value : { value, itemStyle: { color: chosen[index] ?? theme.muted } },
  );
  return {
    type: 'bar',
    name,
    stack: 'all',
    barMaxWidth: 26,
    data,
    itemStyle: {
      borderColor: theme.background,
      borderWidth: 1,
      ...(typeof chosen === 'string' ? { color: chosen } : {}),
    },
  };
}
