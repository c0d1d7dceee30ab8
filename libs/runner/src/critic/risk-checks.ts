import { fixed, moment } from '@quarry/contracts';
import type { Check } from './check.js';
import { percent, sum } from './report-view.js';

const mean = (values: readonly number[]): number => sum(values) / values.length;

/** What would it be like to hold it? */
export const riskChecks: readonly Check[] = [
  {
    id: 'ruin',
    severity: 'fatal',
    title: 'The account was ruined',
    suggestion: 'Trade smaller, without borrowed money, and with a stop.',
    look: ({ report: { curve } }) => {
      const at = curve.equity.findIndex((equity) => equity <= 0);
      return at < 0 ? null : `Equity ${fixed(curve.equity[at]!, 2)} on ${moment(curve.time[at]!)}`;
    },
  },
  {
    id: 'deep-drawdown',
    severity: 'serious',
    title: 'It lost half of the account on the way',
    suggestion: 'Trade smaller: hardly anybody stays with it through that.',
    look: (view) => (view.figure('maxDrawdown') < -0.5 ? view.words('maxDrawdown') : null),
  },
  {
    id: 'long-drawdown',
    severity: 'serious',
    title: 'It was below its peak for more than half of the time at a stretch',
    suggestion: 'Ask what would tell that it is broken: this drawdown would not.',
    look: (view) =>
      view.figure('longestDrawdown') > view.days / 2
        ? `${view.words('longestDrawdown')} of ${fixed(view.days, 0)}`
        : null,
  },
  {
    id: 'still-down',
    severity: 'minor',
    title: 'It ends deep below its peak',
    suggestion: 'See whether it still works: run the last years alone with --from.',
    look: ({ report: { drawdowns } }) => {
      const open = drawdowns.find(({ recoveryTime, depth }) => recoveryTime === null && Math.abs(depth) > 0.1);
      return open ? `${percent(-Math.abs(open.depth))} since ${moment(open.peakTime)}` : null;
    },
  },
  {
    id: 'leverage',
    severity: 'serious',
    title: 'It holds more than twice its equity',
    suggestion: 'A gap of some percent ends it: bound exposure with --risk or smaller orders.',
    look: (view) => (view.figure('largestExposure') > 2 ? view.words('largestExposure') : null),
  },
  {
    id: 'idle',
    severity: 'minor',
    title: 'It is hardly ever in the market',
    suggestion: 'Its ratios describe cash: judge it by its trades, or give the money other work meanwhile.',
    look: (view) =>
      view.report.tradeCount > 0 && view.figure('timeInMarket') < 0.02 ? view.words('timeInMarket') : null,
  },
  {
    id: 'large-loss',
    severity: 'serious',
    title: 'One trade lost a quarter of what was put into it',
    suggestion: 'Give each order a stopLoss, and size it by the distance.',
    look: (view) => (view.figure('worstTrade') < -0.25 ? view.words('worstTrade') : null),
  },
  {
    id: 'gives-back',
    severity: 'minor',
    title: 'It gives back more than it keeps',
    suggestion: 'Try a trailing stop, or a takeProfit nearer to where trades turn.',
    look: (view) =>
      view.figure('givenBack') > 1.5 * view.figure('averageWin')
        ? `${view.words('givenBack')}, ${view.words('averageWin')}`
        : null,
  },
  {
    id: 'doubles-down',
    severity: 'serious',
    title: 'It bets more after a loss',
    suggestion: 'Size by equity and risk, never by the last result: this ends in ruin, only later.',
    look: ({ trades }) => {
      const stakes = trades.slice(1).map(({ size, entryPrice }, i) => ({
        stake: Math.abs(size * entryPrice),
        afterLoss: trades[i]!.pnl < 0,
      }));
      const of = (afterLoss: boolean) => stakes.filter((one) => one.afterLoss === afterLoss).map(({ stake }) => stake);
      const [lost, won] = [of(true), of(false)];
      return lost.length >= 10 && won.length >= 10 && mean(lost) > 1.5 * mean(won)
        ? `Mean stake after a loss ${fixed(mean(lost), 0)}, after a win ${fixed(mean(won), 0)}`
        : null;
    },
  },
  {
    id: 'open-profit',
    severity: 'serious',
    title: 'Much of its profit is still open at the end',
    suggestion: 'What is not sold is not earned: run it with --at-end close-at-last-open.',
    look: ({ trades, profit }) => {
      const open = sum(trades.filter((trade) => trade.open).map(({ pnl }) => pnl));
      return profit > 0 && open > 0.3 * profit ? `${fixed(open, 2)} of ${fixed(profit, 2)}` : null;
    },
  },
];
