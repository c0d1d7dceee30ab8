// The workloads' bars: a seeded random walk of minutes, the same in every process of a bench.

const minute = 60e6;
const start = 1_640_995_200e6; // 2022-01-01, µs

/** Columns of `length` minute bars, as a run finds them: time and knownAt in µs, prices, volume. */
export function minuteBars(length, seed = 42) {
  const column = () => new Float64Array(length);
  const bars = {
    time: column(),
    knownAt: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
  let state = seed;
  const uniform = () => {
    state = (Math.imul(1_103_515_245, state) + 12_345) & 0x7fffffff;
    return state / 2 ** 31;
  };
  let price = 100;
  for (let i = 0; i < length; i++) {
    const open = price * (1 + 0.0001 * (uniform() - 0.5));
    price = open * (1 + 0.002 * (uniform() - 0.5));
    bars.time[i] = start + i * minute;
    bars.knownAt[i] = start + (i + 1) * minute;
    bars.open[i] = open;
    bars.close[i] = price;
    bars.high[i] = Math.max(open, price) * (1 + 0.0003 * uniform());
    bars.low[i] = Math.min(open, price) * (1 - 0.0003 * uniform());
    bars.volume[i] = 1000 + Math.floor(9000 * uniform());
  }
  return bars;
}
