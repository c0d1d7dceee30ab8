import type { Report, ReportMetric } from '@quarry/contracts';

/** The figures that are read first, by id and where a profile lacks one, its nearest kin. */
const wanted: readonly (readonly string[])[] = [
  ['totalReturn'],
  ['cagr', 'annualReturn'],
  ['sharpe'],
  ['maxDrawdown'],
  ['winRate'],
  ['profitFactor'],
];

/** Up to six metrics to put on top, in order. */
export function headline({ metrics }: Report): ReportMetric[] {
  const byId = new Map(metrics.map((metric) => [metric.id, metric]));
  return wanted.flatMap((ids) => {
    const found = ids.map((id) => byId.get(id)).find((metric) => metric !== undefined);
    return found === undefined ? [] : [found];
  });
}

const groupNames = {
  return: 'Return',
  risk: 'Risk',
  ratio: 'Reward for risk',
  trade: 'Trades',
  benchmark: 'Against holding',
  account: 'Account',
} satisfies Record<ReportMetric['group'], string>;

/** The metrics by group, groups in reading order, empty ones left out. */
export function metricGroups({ metrics }: Report): { name: string; metrics: ReportMetric[] }[] {
  return Object.entries(groupNames)
    .map(([group, name]) => ({ name, metrics: metrics.filter((metric) => metric.group === group) }))
    .filter((group) => group.metrics.length > 0);
}
