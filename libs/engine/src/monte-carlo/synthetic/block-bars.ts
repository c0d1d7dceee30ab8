import type { Bars } from '../../bars.js';
import { stationaryBlockLength } from '../../statistics/block-length.js';
import type { Rng } from '../random-stream.js';
import { ResamplingBlocks } from '../resampling-blocks.js';
import { type Frame, frameOf, logReturnsOf } from './frame.js';

/** Bars as they were, in blocks of their own neighbours: nothing is assumed of their distribution. */
export interface BlockParameters {
  readonly frame: Frame;
  /** Logs over the close before: of open, high, low and close. The first bar's are over its own open. */
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  /** Mean length of the stationary bootstrap's blocks, as the sizes of returns ask for. */
  readonly blockLength: number;
}

/** The block length is chosen for absolute returns, which follow one another longer than returns do. */
export function fitBlockBars(bars: Bars): BlockParameters {
  const { open, high, low, close, volume } = bars;
  const returns = logReturnsOf(bars);
  const over = (prices: Float64Array): Float64Array =>
    prices.map((price, i) => Math.log(price / (i === 0 ? open[0]! : close[i - 1]!)));
  return {
    frame: frameOf(bars),
    open: over(open),
    high: over(high),
    low: over(low),
    close: returns,
    volume: volume.slice(),
    blockLength: stationaryBlockLength(returns.map(Math.abs)),
  };
}

export function blockBars({ frame, open, high, low, close, volume, blockLength }: BlockParameters, rng: Rng): Bars {
  const { length } = frame.bars;
  const blocks = new ResamplingBlocks({ kind: 'stationary', length: blockLength }, length);
  const rows = new Int32Array(length);
  blocks.draw(rng);
  blocks.writeRows(rows);
  const drawn = {
    open: new Float64Array(length),
    high: new Float64Array(length),
    low: new Float64Array(length),
    close: new Float64Array(length),
  };
  // The first bar opens where the dataset did.
  let last = Math.log(frame.firstOpen) - open[rows[0]!]!;
  rows.forEach((row, i) => {
    drawn.open[i] = Math.exp(last + open[row]!);
    drawn.high[i] = Math.exp(last + high[row]!);
    drawn.low[i] = Math.exp(last + low[row]!);
    drawn.close[i] = Math.exp(last + close[row]!);
    last += close[row]!;
  });
  return { ...frame.bars, ...drawn, volume: Float64Array.from(rows, (row) => volume[row]!), extra: {} };
}
