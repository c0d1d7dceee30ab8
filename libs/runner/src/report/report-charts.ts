import type { Report } from '@quarry/contracts';

/** The page's two charts as plain JSON options for ECharts; colours come later, from the page's own theme. */
export interface ReportCharts {
  readonly equity: object;
  readonly trades: object | null;
}

const microsecondsPerMillisecond = 1_000;

/** Fixed sides, so that charts above each other share their time axis to the pixel. */
const edge = { left: 4, right: 68, outerBoundsMode: 'none' };

export function reportCharts(report: Report): ReportCharts {
  return { equity: equityOptions(report), trades: tradeOptions(report) };
}

/** Equity over the benchmark, and the drawdown beneath on the same time axis; drawdown in percent. */
function equityOptions({ curve, bars }: Report): object {
  const milliseconds = curve.time.map((time) => time / microsecondsPerMillisecond);
  const points = (values: readonly number[], scale = 1) => values.map((value, i) => [milliseconds[i], value * scale]);
  const line = { type: 'line', showSymbol: false, emphasis: { disabled: true } };
  const { benchmark } = curve;
  const held = benchmark === null ? [] : [`${bars?.symbol ?? ''} held`];
  return {
    useUTC: true,
    animation: false,
    grid: [
      { ...edge, top: 34, height: '58%' },
      { ...edge, top: '76%', bottom: 24 },
    ],
    legend: {
      top: 0,
      left: 0,
      data: ['Strategy', ...held, 'Drawdown'],
      icon: 'roundRect',
      itemWidth: 14,
      itemHeight: 3,
    },
    tooltip: { trigger: 'axis', axisPointer: { type: 'line' } },
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    dataZoom: [{ type: 'inside', xAxisIndex: [0, 1], filterMode: 'none', zoomOnMouseWheel: 'ctrl' }],
    xAxis: [
      { type: 'time', gridIndex: 0, axisLabel: { show: false } },
      { type: 'time', gridIndex: 1, axisLabel: { alignMinLabel: 'left' } },
    ],
    yAxis: [
      { type: 'value', gridIndex: 0, position: 'right', scale: true },
      { type: 'value', gridIndex: 1, position: 'right', max: 0, splitNumber: 2, axisLabel: { formatter: '{value} %' } },
    ],
    series: [
      ...(benchmark === null
        ? []
        : [
            {
              ...line,
              id: 'benchmark',
              name: held[0],
              data: points(benchmark),
              lineStyle: { width: 1 },
            },
          ]),
      { ...line, id: 'equity', name: 'Strategy', data: points(curve.equity), lineStyle: { width: 1.75 } },
      {
        ...line,
        id: 'drawdown',
        name: 'Drawdown',
        data: points(curve.drawdown, 100),
        xAxisIndex: 1,
        yAxisIndex: 1,
        lineStyle: { width: 1 },
        areaStyle: { opacity: 0.2 },
      },
    ],
  };
}

/** How the trades' returns spread, in percent; none where there is nothing to spread. */
function tradeOptions({ trades }: Report): object | null {
  const returns = trades.map((trade) => 100 * Number(trade.returns)).filter(Number.isFinite);
  if (returns.length < 5) return null;

  const width = niceWidth(returns);
  const counts = new Map<number, number>();
  for (const value of returns) {
    const bin = Math.floor(value / width);
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  const bins = [...counts.keys()];
  const first = Math.min(...bins);
  const last = Math.max(...bins);
  const every = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const digits = Math.max(0, -Math.floor(Math.log10(width) + 1e-9));
  return {
    animation: false,
    grid: { ...edge, top: 12, bottom: 26 },
    tooltip: { trigger: 'axis', axisPointer: { type: 'none' } },
    xAxis: { type: 'category', data: every.map((bin) => `${(bin * width).toFixed(digits)} %`) },
    yAxis: { type: 'value', position: 'right', minInterval: 1 },
    series: [
      {
        id: 'returns',
        name: 'Trades',
        type: 'bar',
        barCategoryGap: '12%',
        data: every.map((bin) => ({ value: counts.get(bin) ?? 0, loss: bin < 0 })),
      },
    ],
  };
}

/** A round bin width (1, 2 or 5 times a power of ten) that cuts the middle 98 % of the values into about 24 bins, and all into at most 200. */
function niceWidth(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  const wanted = Math.max((at(0.99) - at(0.01)) / 24, (at(1) - at(0)) / 200, 1e-6);
  const power = 10 ** Math.floor(Math.log10(wanted));
  return power * (wanted / power <= 1 ? 1 : wanted / power <= 2 ? 2 : wanted / power <= 5 ? 5 : 10);
}
