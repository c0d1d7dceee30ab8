import { requireTrials } from './expected-max-sharpe.js';

/**
 * MinBTL: the years of data under which the best of so many skill-less trials is expected to show at least this
 * annual Sharpe ratio, at most 2 ln N / SR² (Bailey, Borwein, López de Prado and Zhu, Pseudo-Mathematics and Financial
 * Charlatanism, Notices of the AMS 61, 2014). A backtest shorter than that proves nothing.
 */
export function minimumBacktestYears(trials: number, annualSharpe: number): number {
  requireTrials(trials);
  return (2 * Math.log(trials)) / (annualSharpe * annualSharpe);
}
