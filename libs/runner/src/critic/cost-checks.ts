import { fixed } from '@quarry/contracts';
import type { Check } from './check.js';
import { percent, sum } from './report-view.js';

/** Is what it pays, and where it fills, what the market would ask? */
export const costChecks: readonly Check[] = [
  {
    id: 'no-costs',
    severity: 'serious',
    title: 'It paid no costs',
    suggestion: 'Run it with --commission 2bp --slippage 1bp, or what your broker takes.',
    look: ({ report, costs }) => (report.tradeCount > 0 && report.costs && costs === 0 ? 'Costs paid: 0' : null),
  },
  {
    id: 'profit-before-costs',
    severity: 'fatal',
    title: 'It earns before costs only',
    suggestion: 'Trade less often, or with limit orders; as it is, the broker earns it all.',
    look: ({ profit, costs }) =>
      profit <= 0 && costs > 0 && profit + costs > 0
        ? `Profit before costs ${fixed(profit + costs, 2)}, costs ${fixed(costs, 2)}, left ${fixed(profit, 2)}`
        : null,
  },
  {
    id: 'cost-sensitive',
    severity: 'serious',
    title: 'Twice the costs would end its profit',
    suggestion: 'Costs are an estimate: look for an edge that outlives a mistake of two.',
    look: ({ profit, costs }) =>
      profit > 0 && costs > profit ? `Profit ${fixed(profit, 2)}, costs paid ${fixed(costs, 2)}` : null,
  },
  {
    id: 'costly',
    severity: 'minor',
    title: 'Costs take a large part of what it makes',
    suggestion: 'Trade less often, or in cheaper markets.',
    look: ({ profit, costs }) =>
      profit > 0 && costs <= profit && costs > 0.3 * (profit + costs)
        ? `Costs ${fixed(costs, 2)}, ${percent(costs / (profit + costs))} of the profit before them`
        : null,
  },
  {
    id: 'thin-edge',
    severity: 'serious',
    title: 'Its mean trade earns less than a spread',
    suggestion: 'A tenth of a percent is within what fills differ by: ask for more before entering.',
    look: (view) => {
      const mean = view.figure('averageTrade');
      return view.report.tradeCount >= 2 && mean > 0 && mean < 0.001 ? view.words('averageTrade') : null;
    },
  },
  {
    id: 'fills-at-decision',
    severity: 'serious',
    title: 'It fills at the very close it decides on',
    suggestion: 'Run it with --fill next-open: a real order comes after the close is known.',
    look: ({ report }) => (report.manifest?.settings.fill === 'this-close' ? 'Fill model: this-close' : null),
  },
  {
    id: 'same-bar',
    severity: 'serious',
    title: 'Many trades begin and end within one bar',
    suggestion: 'Use shorter bars: of what happens within one only four prices are known.',
    look: ({ trades }) => {
      const within = trades.filter(({ entryBar, exitBar, open }) => entryBar === exitBar && !open).length;
      return within > 0.2 * trades.length ? `${within} of ${trades.length} trades` : null;
    },
  },
  {
    id: 'ambiguous',
    severity: 'minor',
    title: 'Trades hang on the order of prices within a bar',
    suggestion: 'Use shorter bars, or run it with --path pessimistic.',
    look: ({ report: { ambiguity, tradeCount } }) =>
      ambiguity.trades > 0.05 * tradeCount
        ? `${ambiguity.trades} of ${tradeCount} trades, between ${fixed(ambiguity.worst, 2)} and ${fixed(ambiguity.best, 2)}`
        : null,
  },
  {
    id: 'ambiguous-profit',
    severity: 'fatal',
    title: 'Its profit is gone on the worst path within bars',
    suggestion: 'Use shorter bars: with these nobody can say whether it earns or loses.',
    look: ({ report: { ambiguity }, trades, profit }) => {
      const asTaken = sum(trades.filter(({ ambiguous }) => ambiguous).map(({ pnl }) => pnl));
      const worst = profit - asTaken + ambiguity.worst;
      return ambiguity.trades > 0 && profit > 0 && worst <= 0
        ? `Profit ${fixed(profit, 2)}; on the worst path ${fixed(worst, 2)}`
        : null;
    },
  },
  {
    id: 'turnover',
    severity: 'minor',
    title: 'It turns its account over very often',
    suggestion: 'Check commission, spread and slippage against real fills; each tenth of a percent counts.',
    look: (view) => (view.figure('turnover') > 100 ? view.words('turnover') : null),
  },
  {
    id: 'capacity',
    severity: 'serious',
    title: 'The market is too small for it',
    suggestion: 'Trade less, or more liquid symbols; run it with --volume-cap 5% and volume slippage.',
    look: (view) => {
      const cash = view.report.manifest?.settings.cash ?? NaN;
      return view.figure('capacity') < 10 * cash ? `${view.words('capacity')}, cash ${fixed(cash, 0)}` : null;
    },
  },
  {
    id: 'rejections',
    severity: 'minor',
    title: 'Many of its orders are rejected',
    suggestion: 'See rejections in the report: size orders by what the account can pay.',
    look: ({ report: { orderCounts } }) => {
      const all = sum(Object.values(orderCounts));
      return orderCounts.rejected > 0.01 * all ? `${orderCounts.rejected} of ${all} orders` : null;
    },
  },
  {
    id: 'never-filled',
    severity: 'minor',
    title: 'Most of its orders never fill',
    suggestion: 'Its result hangs on few limit fills, which real queues fill last: run it with --path pessimistic.',
    look: ({ report: { orderCounts } }) => {
      const unfilled = orderCounts.cancelled + orderCounts.expired;
      return orderCounts.filled > 0 && unfilled > 5 * orderCounts.filled
        ? `${unfilled} cancelled or expired, ${orderCounts.filled} filled`
        : null;
    },
  },
];
