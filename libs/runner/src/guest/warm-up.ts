import { prepareColumns, runStrategy, type Bars } from '@quarry/engine/host';
import { warmUpSettings, warmUpStrategies } from './warm-up-strategies.js';

const mostBars = 20_000;
/** Columns that are made ready for the indicators of the run, and the most memory that they may take. */
const readyColumns = 6;
const readyBytes = 48 * 2 ** 20;

/**
 * Runs strategies of ours over the first bars (of several series, some of each), while the child waits for its run: what
 * the engine does at every bar is then compiled to machine code before the user's strategy comes. Nothing of it is kept
 * but memory for columns.
 */
export function warmUp(bars: readonly Bars[], rounds: number): void {
  const most = Math.ceil(mostBars / bars.length);
  const some = bars.map((one) => firstBars(one, most));
  for (let round = 0; round < rounds; round++) {
    const settings = warmUpSettings[round % warmUpSettings.length]!;
    for (const strategy of warmUpStrategies) runStrategy(strategy, { bars: some, settings, params: {} });
  }
  const length = bars[0]?.length ?? 0;
  prepareColumns(Math.min(readyColumns, Math.floor(readyBytes / (length * 8))), length);
}

function firstBars(bars: Bars, most: number): Bars {
  const length = Math.min(bars.length, most);
  const cut = (column: Float64Array): Float64Array => column.subarray(0, length);
  return {
    ...bars,
    length,
    time: cut(bars.time),
    knownAt: cut(bars.knownAt),
    open: cut(bars.open),
    high: cut(bars.high),
    low: cut(bars.low),
    close: cut(bars.close),
    volume: cut(bars.volume),
    extra: {},
  };
}
