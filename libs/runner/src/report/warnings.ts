import { actionColumns, type Ambiguity, type BacktestSettings, type Trades } from '@quarry/engine/host';
import type { DatasetInfo, PriceBasis, ReportSymbol } from '@quarry/contracts';
import { fixed } from '@quarry/contracts/display';
import { symbolWarnings } from './symbol-warnings.js';

/** What the warnings of a report rest on. */
export interface Findings {
  readonly trades: Trades;
  readonly ambiguity: Ambiguity;
  readonly settings: BacktestSettings;
  readonly equity: Float64Array;
  /** The least of all that, so that a sound account need not be looked through. */
  readonly lowestEquity: number;
  /** The mean of |position value| over equity: not finite where equity passed all numbers on some bar. */
  readonly grossExposure: number;
  /** Time of the first and last bar, µs, UTC. */
  readonly from: number;
  readonly to: number;
  /** How many orders were rejected; `rejections` may hold but the first of them. */
  readonly rejected: number;
  readonly rejections: readonly { readonly reason: string }[];
  readonly interventions: readonly { readonly bar: number; readonly reason: string }[];
  readonly dataset: DatasetInfo;
  /** What the prices were for the run. */
  readonly adjustment: PriceBasis;
  /** By symbol, where the run had several. */
  readonly symbols: readonly ReportSymbol[];
  /** Symbols of the run that have no bars in its range. */
  readonly absent: readonly string[];
  readonly tradesShown: number;
  readonly logCut: boolean;
}

/** With fewer round trips than this, averages over trades say little. */
const fewTrades = 30;
const microsecondsPerYear = 365.25 * 86_400e6;

/** What a careful reader should know before believing the figures, one sentence each, weightiest first. */
export function warningsOf(findings: Findings): string[] {
  return [
    ...aboutEquity(findings),
    ...aboutTrades(findings),
    ...aboutThePath(findings),
    ...aboutCosts(findings),
    ...aboutLeverage(findings),
    ...aboutInterventions(findings),
    ...aboutRejections(findings),
    ...aboutData(findings),
    ...aboutActions(findings),
    ...symbolWarnings(findings.symbols, findings.absent, findings.to),
    ...aboutWhatWasCut(findings),
  ];
}

function aboutEquity({ equity, lowestEquity, grossExposure }: Findings): string[] {
  if (!Number.isFinite(grossExposure)) {
    const bar = equity.findIndex((value) => !Number.isFinite(value));
    const what = `On bar ${bar} the account was worth more than a number can hold (1.8e308)`;
    if (bar >= 0) return [`${what}: what is figured from it is not defined. Check the prices, or trade less.`];
  }
  if (lowestEquity > 0) return [];
  let ruined = 0;
  while (equity[ruined]! > 0) ruined++;
  return [
    `The account was ruined on bar ${ruined}: trading ended there, and what it owed beyond its money was written off.`,
  ];
}

function aboutTrades({ trades }: Findings): string[] {
  if (trades.length === 0) return ['No trade was made: every figure describes idle cash.'];

  const said: string[] = [];
  if (trades.length < fewTrades) {
    said.push(`Few trades (${trades.length}): too few to tell skill from luck.`);
  }
  let total = 0;
  let best = 0;
  let open = 0;
  for (let i = 0; i < trades.length; i++) {
    total += trades.pnl[i]!;
    if (trades.pnl[i]! > best) best = trades.pnl[i]!;
    open += trades.open[i]!;
  }
  if (trades.length > 1 && total > 0 && best > total / 2) {
    said.push(`One trade made ${Math.round((100 * best) / total)} % of the profit: without it, another result.`);
  }
  if (open > 0) {
    const what = open === 1 ? 'One trade was' : `${open} trades were`;
    said.push(`${what} still open on the last bar and counted at its close, not sold.`);
  }
  return said;
}

function aboutThePath({ ambiguity: { trades, worst, best } }: Findings): string[] {
  if (trades === 0) return [];
  const what = trades === 1 ? 'One trade hangs' : `${trades} trades hang`;
  const bounds = `between ${fixed(worst, 2)} and ${fixed(best, 2)}`;
  return [`${what} on the order of prices within a bar, which no bar tells: in all they made ${bounds}.`];
}

function aboutCosts({ settings, trades, dataset }: Findings): string[] {
  if (trades.length === 0) return [];
  const said: string[] = [];
  const { commission, spread, slippage, fill, funding } = settings;
  const free = isFree(commission) && (spread.kind === 'none' || spread.rate === 0) && isFree(slippage) && !funding;
  if (free) said.push('Costs are zero: no commission, spread or slippage was charged.');
  if (fill === 'this-close') {
    said.push('Orders filled at the very close they were decided on, which a real order can hardly reach.');
  }
  if (funding?.kind === 'column' && !dataset.series.some(({ columns }) => columns.includes(funding.column))) {
    said.push(`The data have no column "${funding.column}": funding was charged at the rate that stands in for it.`);
  }
  return said;
}

/** Whether a model asks for nothing: none of its numbers, a minimum apart, is above 0. */
function isFree(model: BacktestSettings['commission'] | BacktestSettings['slippage']): boolean {
  switch (model.kind) {
    case 'none':
      return true;
    case 'fraction':
      return model.rate === 0;
    case 'per-unit':
    case 'per-order':
    case 'fixed':
      return model.amount === 0;
    case 'tiered':
      return model.tiers.every(({ rate }) => rate === 0);
    case 'maker-taker':
      return model.maker === 0 && model.taker === 0;
    case 'volume-share':
      return model.impact === 0;
    case 'square-root':
      return model.factor === 0;
  }
}

function aboutInterventions({ interventions }: Findings): string[] {
  const [first] = interventions;
  if (first === undefined) return [];
  const what = interventions.length === 1 ? 'Once' : `${interventions.length} times`;
  return [`${what} margin or a risk rule stepped in, first after bar ${first.bar}: ${first.reason}.`];
}

function aboutLeverage({ settings: { leverage }, trades }: Findings): string[] {
  if (leverage === 1 || trades.length === 0) return [];
  return [`Leverage is ${leverage}, and ruin is looked for at closes: a low within a bar may have ended the account.`];
}

function aboutRejections({ rejected, rejections }: Findings): string[] {
  const [first] = rejections;
  if (first === undefined) return [];
  const what = rejected === 1 ? 'One order was rejected' : `${rejected} orders were rejected`;
  return [`${what}, first because: ${first.reason}`];
}

function aboutData({ dataset, from, to }: Findings): string[] {
  const said: string[] = [];
  const years = (to - from) / microsecondsPerYear;
  if (years < 1) {
    const days = Math.max(1, Math.round(years * 365.25));
    said.push(`Short history (${days} ${days === 1 ? 'day' : 'days'}): annualised figures extrapolate.`);
  }
  const { quality } = dataset;
  const flaws = [
    count(quality.rowsRefused, 'refused row'),
    count(
      quality.ohlcViolations,
      'bar whose high or low contradicts its open or close',
      'bars whose high or low contradict their open or close',
    ),
    count(quality.nonPositivePrices, 'price of zero or less', 'prices of zero or less'),
    count(quality.outlierCount, 'outlier'),
  ].filter((flaw) => flaw !== null);
  if (flaws.length > 0) said.push(`The dataset "${dataset.name}" has ${flaws.join(', ')}: see its quality report.`);
  return said;
}

function aboutActions({ dataset, adjustment }: Findings): string[] {
  const names: readonly string[] = [actionColumns.splits, actionColumns.dividends];
  const isIdle =
    adjustment === 'as-stored' && dataset.series.some(({ columns }) => columns.some((name) => names.includes(name)));
  return isIdle
    ? [
        `The dataset "${dataset.name}" has splits or dividends, and none was carried out: the prices were taken as stored.`,
      ]
    : [];
}

function aboutWhatWasCut({ trades, tradesShown, logCut }: Findings): string[] {
  const said: string[] = [];
  if (tradesShown < trades.length) {
    said.push(`Only the first ${tradesShown} of ${trades.length} trades stand here; trades.parquet has all.`);
  }
  if (logCut) said.push('The log was cut: it passed 10,000 lines or 1 MB.');
  return said;
}

function count(n: number, one: string, many = `${one}s`): string | null {
  return n > 0 ? `${n} ${n === 1 ? one : many}` : null;
}
