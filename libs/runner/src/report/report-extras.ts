import { fillsOf, matchTrades, type MatchedTrade, type RunStudy } from '@quarry/engine/host';
import type { Report } from '@quarry/contracts';
import { roundWidth, toJsonNumber } from '@quarry/contracts/display';

const maxRollingPoints = 600;
const wantedBins = 40;
const maxBins = 200;
/** Runs with more fills than this are not matched six ways over: it would take longer than the rest of the report. */
const maxMatchedFills = 10_000;

/** Rolling Sharpe, volatility and beta at so many of the samples that a picture needs; undefined where the run is too short. */
export function rollingOf({ rolling, sampling, clock }: RunStudy): Report['rolling'] {
  const count = rolling.sharpe.length;
  if (count === 0) return undefined;
  const shown = Math.min(count, maxRollingPoints);
  const rows = Array.from({ length: shown }, (_, i) => (shown === 1 ? 0 : Math.round((i * (count - 1)) / (shown - 1))));
  const pick = (column: Float64Array) => rows.map((row) => (Number.isFinite(column[row]) ? column[row]! : null));
  return {
    window: rolling.window,
    basis: sampling.basis,
    time: rows.map((row) => clock.time[sampling.at[row + rolling.window]!]!),
    sharpe: pick(rolling.sharpe),
    volatility: pick(rolling.volatility),
    beta: rolling.beta && pick(rolling.beta),
  };
}

/** How the sampled returns spread over bins of a round width that holds 0 on an edge; undefined where there is nothing to count. */
export function distributionOf({ returns, sampling }: RunStudy): Report['distribution'] {
  const values = returns.filter(Number.isFinite);
  if (values.length < 5) return undefined;
  const sorted = values.length > 20_000 ? values.filter((_, i) => i % Math.ceil(values.length / 20_000) === 0) : values;
  sorted.sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  let least = Infinity;
  let greatest = -Infinity;
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  const width = roundWidth(Math.max((at(0.995) - at(0.005)) / wantedBins, (greatest - least) / (maxBins - 2), 1e-9));
  const first = Math.floor(least / width);
  const counts = new Array<number>(Math.floor(greatest / width) - first + 1).fill(0);
  for (const value of values) counts[Math.floor(value / width) - first]!++;
  return { basis: sampling.basis, width, from: first * width, counts };
}

const ways = (['fifo', 'lifo'] as const).flatMap((order) =>
  (['fill-to-fill', 'flat-to-flat', 'flat-to-reduced'] as const).map((group) => ({ order, group })),
);

/** The same fills counted as trades in six ways; undefined where there are none, or too many to count so often. */
export function matchingOf({ run }: RunStudy): Report['matching'] {
  const { length } = run.result.fills;
  if (length === 0 || length > maxMatchedFills) return undefined;
  const fills = fillsOf(run.result, run.bars);
  return ways.map(({ order, group }) => ({ order, group, ...figuresOf(matchTrades(fills, order, group)) }));
}

function figuresOf(trades: readonly MatchedTrade[]) {
  let profit = 0;
  let net = 0;
  let won = 0;
  for (const { pnl } of trades) {
    net += pnl;
    if (!(pnl > 0)) continue;
    profit += pnl;
    won++;
  }
  const lost = profit - net;
  return {
    trades: trades.length,
    winRate: toJsonNumber(won / trades.length),
    profitFactor: toJsonNumber(lost > 0 ? profit / lost : NaN),
    expectancy: toJsonNumber(net / trades.length),
  };
}
