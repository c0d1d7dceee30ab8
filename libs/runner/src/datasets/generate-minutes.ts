import { bell, mulberry32 } from './made-up-numbers.js';

/** Columns of generated one-minute bars: `time`, `open`, `high`, `low`, `close`, `volume`. */
export interface MinuteBars {
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

const minute = 60_000_000;
const minutesPerDay = 1440;
const start = 1_640_995_200_000_000; // 2022-01-01T00:00:00Z
const steps = 6;
/** Volatility of a minute at rest; about 35 % a year. */
const restingVolatility = 0.00048;

/**
 * A seeded round-the-clock market: volatility that clusters and follows the hour of day, volume that follows volatility, prices in whole
 * cents. It uses only arithmetic whose result IEEE 754 fixes (no exp, log or sin), so every machine makes the same bars.
 */
export function generateMinutes(length: number, seed: number): MinuteBars {
  const column = () => new Float64Array(length);
  const bars = { time: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
  const random = mulberry32(seed);
  let price = 100;
  let excitement = 1;
  for (let i = 0; i < length; i++) {
    excitement += 0.002 * (1 - excitement) + 0.02 * excitement * (bell(random) / 3);
    excitement = Math.min(Math.max(excitement, 0.2), 6);
    const volatility = restingVolatility * excitement * hourFactor(i % minutesPerDay);
    const open = cents(price);
    let high = open;
    let low = open;
    let close = open;
    for (let step = 0; step < steps; step++) {
      const pull = price > 1000 ? -1e-6 : price < 10 ? 1e-6 : 1e-7;
      price *= 1 + pull + (volatility / Math.sqrt(steps)) * bell(random);
      close = cents(price);
      if (close > high) high = close;
      if (close < low) low = close;
    }
    bars.time[i] = start + i * minute;
    bars.open[i] = open;
    bars.high[i] = high;
    bars.low[i] = low;
    bars.close[i] = close;
    bars.volume[i] = 1 + Math.floor(400 * excitement * hourFactor(i % minutesPerDay) * (0.2 + random() + random()));
  }
  return bars;
}

/** Busiest at 14:30 UTC, quietest twelve hours away: a smooth hump from 0.6 to 1.6. */
function hourFactor(minuteOfDay: number): number {
  const distance = Math.abs(minuteOfDay - 870);
  const nearness = 1 - Math.min(distance, minutesPerDay - distance) / 720;
  return 0.6 + nearness * nearness * (3 - 2 * nearness);
}

function cents(price: number): number {
  return Math.round(price * 100) / 100;
}
