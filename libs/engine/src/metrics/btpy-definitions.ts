import { define } from './definition.js';

const stats = 'backtesting.py 0.6.6';
const falls = `${stats}: a fall lasts until equity reaches its peak again, or to the last bar; falls of one bar are none`;

export const btpyDefinitions = {
  ...define('return', {
    totalReturn: ['Return', 'fraction', '(e_T − e_0) / e_0', stats],
    annualReturn: ['Return (ann.)', 'fraction', '(1 + g)^A − 1, g the geometric mean of daily returns', stats],
    cagr: ['CAGR', 'fraction', '(e_T / e_0)^(1 / years) − 1, years of 365.25 days', stats],
  }),
  ...define('risk', {
    volatility: [
      'Volatility (ann.)',
      'fraction',
      '√((s² + G²)^A − G^(2A)), G = 1 + g: the variance compounds, this is not s · √A',
      `${stats}, after Tobin`,
    ],
    maxDrawdown: ['Max. drawdown', 'fraction', '−max(1 − e / cummax(e))', falls],
    averageDrawdown: ['Avg. drawdown', 'fraction', '−mean over falls of their depth', falls],
    longestDrawdown: ['Max. drawdown duration', 'days', 'longest fall, rounded up to the unit of a bar', falls],
    averageDrawdownDuration: [
      'Avg. drawdown duration',
      'days',
      'mean over falls, rounded up to the unit of a bar',
      falls,
    ],
  }),
  ...define('ratio', {
    sharpe: ['Sharpe ratio', 'ratio', 'Return (ann.) / Volatility (ann.)', stats],
    sortino: ['Sortino ratio', 'ratio', 'Return (ann.) / (√mean(min(r, 0)²) · √A)', stats],
    calmar: ['Calmar ratio', 'ratio', 'Return (ann.) / |Max. drawdown|', stats],
  }),
  ...define('trade', {
    trades: ['# Trades', 'count', '#trades closed', stats],
    winRate: ['Win rate', 'fraction', 'mean(p > 0)', stats],
    bestTrade: ['Best trade', 'fraction', 'max q', stats],
    worstTrade: ['Worst trade', 'fraction', 'min q', stats],
    averageTrade: ['Avg. trade', 'fraction', 'geometric mean of q; 0 where one lost all', stats],
    longestDuration: ['Max. trade duration', 'days', 'longest, rounded up to the unit of a bar', stats],
    averageDuration: ['Avg. trade duration', 'days', 'mean, rounded up to the unit of a bar', stats],
    profitFactor: ['Profit factor', 'ratio', 'Σ q⁺ / |Σ q⁻| of trade returns, not of money', stats],
    expectancy: ['Expectancy', 'fraction', 'mean(q)', stats],
    sqn: ['SQN', 'ratio', '√n · mean(p) / s(p)', `${stats}, after Van Tharp`],
    kelly: ['Kelly criterion', 'fraction', 'W − (1 − W) / (mean win / |mean loss|)', stats],
  }),
  ...define('account', {
    duration: ['Duration', 'days', 'time(last bar) − time(first bar)', stats],
    finalEquity: ['Equity final', 'currency', 'e_T', stats],
    peakEquity: ['Equity peak', 'currency', 'max e', stats],
    commissions: ['Commissions', 'currency', 'Σ commission of closed trades, charged on entry and on exit', stats],
    timeInMarket: ['Exposure time', 'fraction', '#(bars from entry to exit, both counted) / #bars', stats],
  }),
  ...define('benchmark', {
    benchmarkReturn: [
      'Buy & hold return',
      'fraction',
      'close_T / close_w − 1, w the first bar with every signal',
      stats,
    ],
    alpha: ['Alpha', 'fraction', 'Return − β · Buy & hold return, not annualised', stats],
    beta: ['Beta', 'ratio', 'cov(log r, log b) / var(log b) of every bar', stats],
  }),
};
