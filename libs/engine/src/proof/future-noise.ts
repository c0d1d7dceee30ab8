import type { Bars } from '../bars.js';
import { RandomStream } from '../monte-carlo/random-stream.js';

/** Bars of the past that the noise takes its size from. */
const longestPast = 500;
const leastVolatility = 0.001;

/**
 * The same bars up to one, and noise after: a geometric random walk with the volatility of the bars before, volumes and
 * further columns drawn from what they were. Times stay, so that a calendar sees the same days. What a strategy decides
 * on bars before `from` cannot depend on any of it, unless it looks ahead.
 *
 * @param from the first bar that is noise
 */
export function withFutureNoise(bars: Bars, from: number, seed: number): Bars {
  const chance = new RandomStream(seed, from);
  const volatility = volatilityOf(bars, from);
  const past = Math.max(1, from);
  const { open, high, low, close, volume, extra } = copyOf(bars);
  let price = from > 0 ? bars.close[from - 1]! : bars.open[0]!;
  for (let bar = from; bar < bars.length; bar++) {
    open[bar] = price * Math.exp(0.2 * volatility * chance.normal());
    close[bar] = open[bar]! * Math.exp(volatility * chance.normal());
    high[bar] = Math.max(open[bar]!, close[bar]!) * Math.exp(0.3 * volatility * Math.abs(chance.normal()));
    low[bar] = Math.min(open[bar]!, close[bar]!) * Math.exp(-0.3 * volatility * Math.abs(chance.normal()));
    price = close[bar]!;
    volume[bar] = bars.volume[chance.integer(past)]! * (0.5 + chance.uniform());
    for (const [name, column] of Object.entries(extra)) column[bar] = bars.extra[name]![chance.integer(past)]!;
  }
  return { ...bars, open, high, low, close, volume, extra };
}

/** The same bars with the values of one further column dealt out anew: whoever reads it decides otherwise. */
export function withColumnShuffled(bars: Bars, name: string, seed: number): Bars {
  const chance = new RandomStream(seed, 0);
  const column = Float64Array.from(bars.extra[name]!);
  for (let i = column.length - 1; i > 0; i--) {
    const j = chance.integer(i + 1);
    [column[i], column[j]] = [column[j]!, column[i]!];
  }
  return { ...bars, extra: { ...bars.extra, [name]: column } };
}

function copyOf({ open, high, low, close, volume, extra }: Bars) {
  const columns = Object.entries(extra).map(([name, column]) => [name, Float64Array.from(column)] as const);
  return {
    open: Float64Array.from(open),
    high: Float64Array.from(high),
    low: Float64Array.from(low),
    close: Float64Array.from(close),
    volume: Float64Array.from(volume),
    extra: Object.fromEntries(columns) as Record<string, Float64Array>,
  };
}

/** Standard deviation of the log returns before a bar. */
function volatilityOf({ close }: Bars, from: number): number {
  const start = Math.max(1, from - longestPast);
  let sum = 0;
  let count = 0;
  for (let bar = start; bar < from; bar++) {
    const r = Math.log(close[bar]! / close[bar - 1]!);
    if (!Number.isFinite(r)) continue;
    sum += r * r;
    count++;
  }
  return Math.max(leastVolatility, count > 1 ? Math.sqrt(sum / count) : 0.01);
}
