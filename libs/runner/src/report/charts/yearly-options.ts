import { yearlyReturns } from '@quarry/engine/host';
import type { Report, ReportChart, ReportSeries } from '@quarry/contracts';
import { edge, legend, percentAxis } from '@quarry/contracts/display';

/** What each calendar year returned, beside the benchmark; null of a single year. */
export function yearlyOptions({ monthly, bars }: Report): ReportChart | null {
  const own = yearlyReturns(monthly.map(({ month, returns }) => ({ month, returns: Number(returns) })));
  if (own.length < 2) return null;
  const compared = monthly.every(({ benchmark }) => benchmark !== undefined);
  const held = compared
    ? yearlyReturns(monthly.map(({ month, benchmark }) => ({ month, returns: Number(benchmark) })))
    : [];
  const name = `${bars?.symbol ?? ''} held`;
  const percents = (years: readonly { returns: number }[]) => years.map(({ returns }) => round(returns * 100));
  const beside: ReportSeries[] = compared
    ? [{ type: 'bar', name, role: 'muted', format: 'percent', data: percents(held) }]
    : [];
  return {
    animation: false,
    grid: { ...edge, right: 52, top: 30, bottom: 24 },
    legend: { ...legend, itemHeight: 8, itemWidth: 8, data: ['Strategy', ...(compared ? [name] : [])] },
    tooltip: { trigger: 'axis', axisPointer: { type: 'none' } },
    xAxis: { type: 'category', data: own.map(({ year }) => year), axisLabel: { alignMinLabel: 'left' } },
    yAxis: { ...percentAxis, splitNumber: 3 },
    series: [
      { type: 'bar', name: 'Strategy', role: 'accent', format: 'percent', barGap: '10%', data: percents(own) },
      ...beside,
    ],
  };
}

function round(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toFixed(2)) : null;
}
