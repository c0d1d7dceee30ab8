import type { SuiteTest } from '@quarry/contracts';
import { RandomStream, type Bars, type Interval } from '@quarry/engine/host';

const lengths: Readonly<Record<string, number>> = { s: 1e6, m: 60e6, h: 3_600e6, d: 86_400e6 };
const start = Date.UTC(2020, 0, 1) * 1000;

/** The bars that a test makes up: a seeded geometric random walk, or closes by hand. Null where it names a dataset. */
export function suiteBars(data: SuiteTest['data']): Bars | null {
  if (typeof data === 'string') return null;
  if ('closes' in data) {
    const closes = Float64Array.from(data.closes);
    const open = closes.map((close, i) => (i === 0 ? close : closes[i - 1]!));
    return barsOf({ open, close: closes, reach: () => 0, volume: closes.map(() => 1000) }, data.interval ?? '1d');
  }
  const { bars, seed, drift = 0, volatility = 0.01, interval = '1d' } = data.walk;
  const chance = new RandomStream(seed, 0);
  const open = new Float64Array(bars);
  const close = new Float64Array(bars);
  const volume = new Float64Array(bars);
  let price = 100;
  for (let i = 0; i < bars; i++) {
    open[i] = price * Math.exp(0.2 * volatility * chance.normal());
    price = close[i] = price * Math.exp(drift + volatility * chance.normal());
    volume[i] = Math.round(1000 * (0.5 + chance.uniform()));
  }
  const reach = () => 0.4 * volatility * Math.abs(chance.normal());
  return barsOf({ open, close, reach, volume }, interval);
}

interface Walked {
  readonly open: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  /** How far an extreme lies beyond open and close, as a log return. */
  readonly reach: () => number;
}

function barsOf({ open, close, volume, reach }: Walked, interval: Interval): Bars {
  const [, count = '1', unit = 'd'] = /^(\d+)([smhd])$/.exec(interval) ?? [];
  const length = Number(count) * lengths[unit]!;
  return {
    ...{ symbol: 'TEST', interval, length: close.length, open, close, volume, extra: {} },
    zone: { name: 'UTC', from: Float64Array.of(0), offsetMinutes: Float64Array.of(0) },
    time: close.map((_, i) => start + i * length),
    knownAt: close.map((_, i) => start + (i + 1) * length),
    high: close.map((price, i) => Math.max(price, open[i]!) * Math.exp(reach())),
    low: close.map((price, i) => Math.min(price, open[i]!) * Math.exp(-reach())),
  };
}
