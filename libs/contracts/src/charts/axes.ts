import type { ChartTheme } from './chart-theme.js';

/** A horizontal axis without clutter: no line, quiet labels, no split lines. */
export function quietAxis(theme: ChartTheme): object {
  return {
    axisLine: { lineStyle: { color: theme.line } },
    axisTick: { show: false },
    axisLabel: { color: theme.faint, fontFamily: theme.font, fontSize: 11, hideOverlap: true },
    splitLine: { show: false },
  };
}

/** A vertical axis on the right, where the latest value stands. */
export function valueAxis(theme: ChartTheme): object {
  return {
    type: 'value',
    position: 'right',
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: theme.faint, fontFamily: theme.font, fontSize: 11 },
    splitLine: { lineStyle: { color: theme.line } },
  };
}

export function tooltip(theme: ChartTheme): object {
  return {
    trigger: 'axis',
    backgroundColor: theme.surface,
    borderColor: theme.line,
    padding: [8, 10],
    textStyle: { color: theme.text, fontFamily: theme.font, fontSize: 11 },
    axisPointer: {
      type: 'cross',
      lineStyle: { color: theme.faint },
      crossStyle: { color: theme.faint },
      label: { show: false },
    },
  };
}
