import { moment, price } from '../figure.js';
import { quietAxis, tooltip, valueAxis } from './axes.js';
import { timeOfBar } from './candle-columns.js';
import type { CandleColumns } from './candle-columns.js';
import { shortAmount } from './chart-numbers.js';
import { darkChartTheme } from './chart-theme.js';
import type { ChartTheme } from './chart-theme.js';
import type { BarWindow } from './chart-window.js';
import type { TradeMarks } from './trade-marks.js';

export interface CandleChart {
  /** Bars of the visible window, thinned to the screen. */
  readonly candles: CandleColumns;
  /** The whole series, coarse, for the slider beneath. */
  readonly overview: CandleColumns;
  readonly marks: TradeMarks;
  readonly window: BarWindow;
  readonly count: number;
}

/** Candles with entries and exits over the bar number, and a slider over the whole series. Options for ECharts. */
export function candleChart(chart: CandleChart, theme: ChartTheme = darkChartTheme) {
  const { candles, overview, marks, window, count } = chart;
  const centre = (candles.span - 1) / 2;
  const label = (bar: number) => moment(timeNear(chart, Math.round(bar)));

  return {
    animation: false,
    textStyle: { fontFamily: theme.font },
    tooltip: tooltip(theme),
    grid: { left: 12, right: 64, top: 12, bottom: 72, outerBoundsMode: 'none' },
    xAxis: [
      {
        type: 'value',
        min: 0,
        max: count - 1,
        ...quietAxis(theme),
        axisLabel: { ...labelStyle(theme), alignMinLabel: 'left', alignMaxLabel: 'right', formatter: label },
        axisPointer: { label: pointerLabel(theme, label) },
      },
    ],
    yAxis: [
      { ...valueAxis(theme), scale: true, axisLabel: { ...labelStyle(theme), formatter: shortAmount } },
      { type: 'value', show: false, scale: true },
    ],
    dataZoom: [
      { type: 'inside', startValue: window.from, endValue: window.to, minValueSpan: 20, filterMode: 'filter' },
      {
        type: 'slider',
        startValue: window.from,
        endValue: window.to,
        minValueSpan: 20,
        filterMode: 'filter',
        height: 28,
        bottom: 10,
        labelFormatter: label,
        ...sliderStyle(theme),
      },
    ],
    series: [
      {
        id: 'overview',
        type: 'line',
        yAxisIndex: 1,
        silent: true,
        showSymbol: false,
        lineStyle: { opacity: 0 },
        tooltip: { show: false },
        data: overview.bar.map((bar, i) => [bar, overview.close[i]]),
      },
      {
        id: 'candles',
        name: 'Price',
        type: 'candlestick',
        encode: { x: 0, y: [1, 2, 3, 4], tooltip: [1, 4, 3, 2] },
        tooltip: { valueFormatter: priceOrNothing },
        dimensions: ['bar', 'open', 'close', 'low', 'high'],
        itemStyle: { color: theme.gain, borderColor: theme.gain, color0: theme.loss, borderColor0: theme.loss },
        barMinWidth: 1,
        barMaxWidth: 14,
        data: candles.bar.map((bar, i) => [
          bar + centre,
          candles.open[i],
          candles.close[i],
          candles.low[i],
          candles.high[i],
        ]),
      },
      mark('long', 'Long entry', 'triangle', theme.gain, [0, 9], marks.longEntries),
      mark('short', 'Short entry', 'path://M0,0L10,0L5,9Z', theme.loss, [0, -9], marks.shortEntries),
      mark('exit', 'Exit', 'diamond', theme.equity, [0, 0], marks.exits),
    ],
  };
}

function timeNear({ candles, overview }: CandleChart, bar: number): number {
  const exact = timeOfBar(candles, bar);
  return Number.isNaN(exact) ? timeOfBar(overview, bar) : exact;
}

function mark(
  id: string,
  name: string,
  symbol: string,
  color: string,
  symbolOffset: readonly number[],
  data: readonly (readonly [number, number])[],
) {
  return {
    id,
    name,
    type: 'scatter',
    symbol,
    symbolSize: 9,
    symbolOffset,
    tooltip: { valueFormatter: priceOrNothing },
    z: 5,
    itemStyle: { color, borderColor: '#0c0f14', borderWidth: 1 },
    data,
  };
}

/** ECharts also asks about the series itself, which has no one value. */
function priceOrNothing(value: unknown): string {
  return typeof value === 'number' ? price(value) : '';
}

function pointerLabel(theme: ChartTheme, label: (bar: number) => string): object {
  return {
    show: true,
    color: theme.text,
    backgroundColor: theme.line,
    formatter: ({ value }: { value: number }) => label(value),
  };
}

function labelStyle(theme: ChartTheme): object {
  return { color: theme.faint, fontFamily: theme.font, fontSize: 11, hideOverlap: true };
}

function sliderStyle(theme: ChartTheme): object {
  return {
    borderColor: 'transparent',
    backgroundColor: 'transparent',
    fillerColor: 'rgba(227, 180, 84, 0.08)',
    dataBackground: {
      lineStyle: { color: theme.benchmark, opacity: 0.6 },
      areaStyle: { color: theme.benchmark, opacity: 0.12 },
    },
    selectedDataBackground: {
      lineStyle: { color: theme.equity, opacity: 0.8 },
      areaStyle: { color: theme.equity, opacity: 0.1 },
    },
    handleStyle: { color: theme.surface, borderColor: theme.faint },
    moveHandleStyle: { color: theme.line },
    emphasis: { moveHandleStyle: { color: theme.faint }, handleStyle: { borderColor: theme.equity } },
    textStyle: { color: theme.faint, fontFamily: theme.font, fontSize: 10 },
    brushSelect: false,
  };
}
