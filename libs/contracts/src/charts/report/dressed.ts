import { fixed } from '../../figure.js';
import { quietAxis, tooltip, valueAxis } from '../axes.js';
import { darkChartTheme } from '../chart-theme.js';
import type { ChartTheme } from '../chart-theme.js';
import type { ChartFormat, ChartRole, ReportChart } from './report-chart.js';

/** A report's chart in the colours and type of a theme. Options for ECharts. */
export function dressed(chart: ReportChart, theme: ChartTheme = darkChartTheme) {
  const colours = { accent: theme.equity, muted: theme.benchmark, gain: theme.gain, loss: theme.loss };
  const xAxis = quietAxis(theme);
  const yAxis = valueAxis(theme);
  const point = (value: unknown) =>
    hasRole(value) ? { ...value, itemStyle: { color: colours[value.role], opacity: 0.85 } } : value;

  return {
    ...chart,
    textStyle: { fontFamily: theme.font },
    tooltip: { ...tooltip(theme), ...chart.tooltip },
    ...(chart.visualMap && { visualMap: scaleIn(chart.visualMap, theme) }),
    ...(chart.legend && { legend: { ...chart.legend, ...legendStyle(theme) } }),
    xAxis: onEach(chart.xAxis, (axis) => merged(xAxis, axis)),
    yAxis: onEach(chart.yAxis, (axis) => merged(yAxis, axis)),
    series: chart.series.map((series) => ({
      ...series,
      ...(series.role && {
        itemStyle: { color: colours[series.role] },
        lineStyle: { color: colours[series.role], ...series.lineStyle },
      }),
      tooltip: { valueFormatter: formats[series.format] },
      data: series.data.map(point),
    })),
  };
}

const formats = {
  amount: (value) => reading(value, 2),
  ratio: (value) => (Array.isArray(value) ? value.join(', ') : reading(value, 2)),
  count: (value) => reading(value, 0),
  percent: (value) => (typeof value === 'number' ? `${fixed(value, 2)} %` : '–'),
} satisfies Record<ChartFormat, (value: unknown) => string>;

function reading(value: unknown, digits: number): string {
  return typeof value === 'number' ? fixed(value, digits) : '–';
}

function hasRole(value: unknown): value is { readonly role: ChartRole } {
  return typeof value === 'object' && value !== null && 'role' in value;
}

function onEach(axes: object, change: (axis: object) => object): object | object[] {
  return Array.isArray(axes) ? axes.map((axis: object) => change(axis)) : change(axes);
}

/** The axis' own settings over those of the theme, its labels' too. */
function merged(themed: object, own: object): object {
  const labels = [themed, own].map((axis) => ('axisLabel' in axis ? (axis.axisLabel as object) : {}));
  return { nameTextStyle: labels[0], ...themed, ...own, axisLabel: { ...labels[0], ...labels[1] } };
}

function scaleIn({ roles, ...scale }: NonNullable<ReportChart['visualMap']>, theme: ChartTheme): object {
  const colours = { loss: theme.loss, rule: theme.line, gain: theme.gain };
  return {
    ...scale,
    inRange: { color: roles.map((role) => colours[role]) },
    textStyle: { color: theme.faint, fontSize: 11 },
  };
}

function legendStyle({ faint, font }: ChartTheme): object {
  return { selectedMode: false, textStyle: { color: faint, fontFamily: font, fontSize: 11 } };
}
