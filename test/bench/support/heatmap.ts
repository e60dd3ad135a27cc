import { build } from 'esbuild';
import { projectFolder } from '../../support/folders.ts';

const source = `
  import { HeatmapChart } from 'echarts/charts';
  import { GridComponent, VisualMapComponent } from 'echarts/components';
  import { init, use } from 'echarts/core';
  import { CanvasRenderer } from 'echarts/renderers';

  use([HeatmapChart, GridComponent, VisualMapComponent, CanvasRenderer]);

  /** Resolves to the milliseconds until the last cell is painted. */
  globalThis.paintHeatmap = ({ cells, people, groups }) => new Promise((resolve) => {
    const start = performance.now();
    const chart = init(document.getElementById('heatmap'));
    chart.on('finished', () => requestAnimationFrame(() => resolve(performance.now() - start)));
    chart.setOption({
      animation: false,
      grid: { left: 0, right: 0, top: 0, bottom: 0 },
      xAxis: { type: 'category', data: Array.from({ length: groups }, (_, at) => 'Workspace ' + at) },
      yAxis: { type: 'category', data: Array.from({ length: people }, (_, at) => 'Person ' + at) },
      visualMap: { show: false, min: 0, max: 3 },
      series: [{ type: 'heatmap', data: cells }],
    });
  });
`;

/** A page's script that paints cells as a heatmap of ECharts. */
export async function heatmapScript(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: projectFolder },
    ...{ bundle: true, format: 'iife', minify: true, write: false },
  });
  return outputFiles[0]?.text ?? '';
}
