import type { Bars } from '../bars.js';
import { barsFrom, type BarRow } from '../testing.js';

const day = 86_400_000_000;
/** 2018-01-01, a Monday. */
const start = 17_532 * day;

/** The bars behind the peer's figures: a walk of 500 business days drawn from a linear congruential generator, seed 1. */
export function lcgBars(count = 500): Bars {
  let state = 1;
  const uniform = () => {
    state = (Math.imul(1_103_515_245, state) + 12_345) & 0x7fffffff;
    return state / 0x80000000;
  };
  let price = 100;
  const rows: BarRow[] = Array.from({ length: count }, () => {
    const open = toCents(price * (1 + 0.004 * (uniform() - 0.5)));
    const close = toCents(open * (1 + 0.03 * (uniform() - 0.495)));
    const high = toCents(Math.max(open, close) * (1 + 0.01 * uniform()));
    const low = toCents(Math.min(open, close) * (1 - 0.01 * uniform()));
    price = close;
    return { open, high, low, close, volume: 1000 + Math.floor(9000 * uniform()) };
  });
  const time = Float64Array.from(rows, (_, index) => start + (Math.floor(index / 5) * 7 + (index % 5)) * day);
  return { ...barsFrom(rows, { symbol: 'LCG' }), time, knownAt: time.map((at) => at + day) };
}

/** To two decimals, an exact half to the even cent, as Python rounds. */
function toCents(value: number): number {
  const eighths = value * 8;
  const isHalf = Number.isInteger(eighths) && eighths % 2 !== 0;
  return isHalf ? (2 * Math.round(value * 50)) / 100 : Number(value.toFixed(2));
}
