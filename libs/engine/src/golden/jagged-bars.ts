import type { Prices } from '../indicators/bar-columns.js';

/** Bars with gaps, dojis, long bodies and runs, drawn from a linear congruential generator, seed 7: every candle pattern occurs. */
export function jaggedBars(count: number): Prices {
  let state = 7;
  const uniform = () => {
    state = (Math.imul(1_103_515_245, state) + 12_345) & 0x7fffffff;
    return state / 0x80000000;
  };
  const cents = (price: number) => Math.round(price * 100) / 100;
  const column = () => new Float64Array(count);
  const bars = { open: column(), high: column(), low: column(), close: column() };
  let price = 100;
  let body = 0;
  let way = 1;
  for (let i = 0; i < count; i++) {
    if (uniform() < 0.3) way = -way;
    const kind = uniform();
    // On from the close, across a gap, or from within the body before.
    const gap = kind < 0.4 ? 0 : kind < 0.7 ? 2.4 * (uniform() - 0.5) : -body * uniform();
    const open = cents(price + gap);
    const size = uniform();
    body = way * (size < 0.25 ? 0.02 * uniform() : size < 0.5 ? 0.25 * uniform() : 1.5 * uniform());
    const close = cents(open + body);
    bars.open[i] = open;
    bars.close[i] = close;
    bars.high[i] = cents(Math.max(open, close) + (uniform() < 0.5 ? 0.02 : 0.8) * uniform());
    bars.low[i] = cents(Math.min(open, close) - (uniform() < 0.5 ? 0.02 : 0.8) * uniform());
    price = close < 20 ? 100 : close;
  }
  return bars;
}
