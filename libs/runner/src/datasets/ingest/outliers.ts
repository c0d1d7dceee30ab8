import type { QualityReport } from '@quarry/contracts';

export type Outlier = QualityReport['outliers'][number];

export interface PriceColumns {
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

/** Ratios of new to old shares that companies use. */
const splitRatios = [2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 1.5, 4 / 3].flatMap((n) => [n, 1 / n]);
/** What the rules look at, at least: a change of units and a move as logarithms, a split as a ratio, a wick as a fraction. */
const leastUnit = Math.log(8);
const leastSplit = 1.3;
const leastMove = (usual: number): number => Math.max(15 * usual, 0.005);
const leastWick = (usual: number): number => Math.max(10 * usual, 0.01);
const memory = 0.03;
const startBars = 200;

/**
 * Bars that a person should look at; all are kept. The rules, each against the series' own usual bar (a running mean that no single bar
 * moves far):
 * - unit: the close is 8 times the one before, or an eighth, and near a power of ten: other units (cents, thousandths), or a missing digit;
 * - split: the open stands to the close before as shares do in a split, far from a usual change, and the bar stays there, while range and traded value stay
 *   ordinary; a crash has neither;
 * - move: a change of 15 usual ones;
 * - wick: a high or low 10 usual wicks away from open and close.
 * There is no ratio to or from a price of 0: such bars are counted as non-positive prices, not listed here.
 */
export function findOutliers(symbol: string, bars: PriceColumns): Outlier[] {
  const { time, open, high, low, close, volume } = bars;
  const found: Outlier[] = [];
  const usual = usualOfStart(bars);
  for (let i = 0; i < close.length; i++) {
    const below = Math.min(open[i]!, close[i]!) / low[i]! - 1;
    const above = high[i]! / Math.max(open[i]!, close[i]!) - 1;
    const wick = Math.max(below, above);
    const range = high[i]! / low[i]! - 1;
    const traded = volume[i]! * close[i]!;
    const change = i === 0 ? 0 : close[i]! / close[i - 1]! - 1;
    const move = Math.abs(Math.log1p(change));
    const gap = i === 0 ? 1 : open[i]! / close[i - 1]!;
    const hasChange = i > 0 && close[i - 1]! > 0 && Number.isFinite(change) && Number.isFinite(move) && gap > 0;
    const reason =
      hasChange && !isPlain(move, gap, wick, usual)
        ? (unitReason(change, move, usual.move) ??
          splitReason(
            gap,
            { within: Math.abs(Math.log(close[i]! / open[i]!)), range, traded, volume: volume[i]! },
            usual,
          ) ??
          moveReason(change, move, usual.move) ??
          wickReason(below > above ? `low ${low[i]!}` : `high ${high[i]!}`, wick, usual.wick))
        : null;
    if (reason !== null) found.push({ symbol, time: time[i]!, change, reason });
    usual.move = nearer(usual.move, move);
    usual.wick = nearer(usual.wick, wick);
    usual.range = nearer(usual.range, range);
    usual.traded = nearer(usual.traded, traded);
  }
  return found;
}

interface Usual {
  move: number;
  wick: number;
  range: number;
  traded: number;
}

/** Whether a bar lies within the bounds of every rule: nearly all do, and need not be looked at one rule after another. */
function isPlain(move: number, gap: number, wick: number, usual: Usual): boolean {
  const isSmall = move < leastUnit && move < leastMove(usual.move);
  return isSmall && gap < leastSplit && gap > 1 / leastSplit && !(wick >= leastWick(usual.wick));
}

function nearer(mean: number, value: number): number {
  if (!(value >= 0) || value === Infinity) return mean;
  return mean + memory * (Math.min(value, 4 * mean + 1e-9) - mean);
}

/** Medians over the first bars, where no running mean is there yet. */
function usualOfStart({ open, high, low, close, volume }: PriceColumns): Usual {
  const rows = Array.from({ length: Math.min(startBars, close.length) }, (_, i) => i);
  const middle = (values: number[]) => {
    const sorted = values.filter((value) => Number.isFinite(value) && value > 0).sort((a, b) => a - b);
    return sorted[sorted.length >> 1] ?? 0;
  };
  return {
    move: middle(rows.slice(1).map((i) => Math.abs(Math.log(close[i]! / close[i - 1]!)))),
    wick: middle(
      rows.map((i) => Math.max(Math.min(open[i]!, close[i]!) / low[i]!, high[i]! / Math.max(open[i]!, close[i]!)) - 1),
    ),
    range: middle(rows.map((i) => high[i]! / low[i]! - 1)),
    traded: middle(rows.map((i) => volume[i]! * close[i]!)),
  };
}

function unitReason(change: number, move: number, usual: number): string | null {
  const power = Math.round(move / Math.LN10);
  if (move < leastUnit || Math.abs(move - power * Math.LN10) > Math.max(Math.log(1.25), 6 * usual)) return null;
  const near = `${change > 0 ? '' : '1/'}${10 ** power}`;
  return `Closes at ${factor(1 + change)} the bar before, near ${near}: it looks as if the unit changed (cents against whole units), or a split of that size.`;
}

function splitReason(
  gap: number,
  bar: { within: number; range: number; traded: number; volume: number },
  usual: Usual,
): string | null {
  const size = Math.abs(Math.log(gap));
  if (size < Math.max(Math.log(leastSplit), 8 * usual.move) || bar.within > size / 2) return null;
  const tolerance = Math.min(Math.max(0.012, 4 * usual.move), 0.035);
  const ratio = splitRatios.find((one) => Math.abs(Math.log(gap * one)) < tolerance);
  if (ratio === undefined) return null;
  const shares = Math.max(ratio, 1 / ratio);
  const ordinaryRange = bar.range <= 3 * usual.range + 0.002;
  const ordinaryTrade = !(bar.volume > 0 && usual.traded > 0) || bar.traded <= 3 * shares * usual.traded;
  if (!ordinaryRange || !ordinaryTrade) return null;
  return `Opens at ${factor(gap)} the close before, as after a ${ratioName(ratio)} split that the prices before it were not adjusted for.`;
}

function moveReason(change: number, move: number, usual: number): string | null {
  if (move < leastMove(usual)) return null;
  const size = change < 100 ? `by ${(change * 100).toFixed(1)} %` : `to ${factor(1 + change)} the bar before`;
  return `Moves ${size}, ${usual > 0 ? `${Math.round(move / usual)} times the usual bar` : 'after bars that did not move'}.`;
}

function wickReason(price: string, wick: number, usual: number): string | null {
  if (!(wick >= leastWick(usual))) return null;
  if (wick >= 100) return `Its ${price} lies more than 100 times away from open and close.`;
  return `Its ${price} lies ${(wick * 100).toFixed(1)} % beyond open and close.`;
}

function factor(ratio: number): string {
  return ratio >= 1 ? `${ratio.toPrecision(3)} times` : `1/${(1 / ratio).toPrecision(3)} of`;
}

function ratioName(ratio: number): string {
  const shares = Math.max(ratio, 1 / ratio);
  const [whole, part] = Number.isInteger(shares) ? [shares, 1] : shares === 1.5 ? [3, 2] : [4, 3];
  return ratio > 1 ? `${whole}:${part}` : `${part}:${whole} (reverse)`;
}
