// Workload W500's bars: seeded random walks of days for many symbols, the same in every process of a bench. Some symbols
// begin later, some end early, and each lacks a bar now and then, so that no two have the same clock.

const day = 86_400e6;
const start = 946_684_800e6; // 2000-01-01, µs

/** For each symbol its columns, as a run finds them: time and knownAt in µs, prices, volume. */
export function dailyBars(symbols, length, seed = 7) {
  let state = seed;
  const uniform = () => {
    state = (Math.imul(1_103_515_245, state) + 12_345) & 0x7fffffff;
    return state / 2 ** 31;
  };
  return Array.from({ length: symbols }, (_, symbol) => {
    const from = symbol % 10 === 9 ? length / 5 : 0;
    const to = symbol % 20 === 19 ? (length * 4) / 5 : length;
    const days = [];
    for (let at = from; at < to; at++) if (uniform() >= 0.002) days.push(at);
    return walk(days, uniform);
  });
}

function walk(days, uniform) {
  const column = () => new Float64Array(days.length);
  const bars = { time: column(), knownAt: column(), open: column(), high: column() };
  Object.assign(bars, { low: column(), close: column(), volume: column() });
  let price = 20 + 80 * uniform();
  days.forEach((at, i) => {
    const open = price * (1 + 0.004 * (uniform() - 0.5));
    price = open * (1.0002 + 0.04 * (uniform() - 0.5));
    bars.time[i] = start + at * day;
    bars.knownAt[i] = start + (at + 1) * day;
    bars.open[i] = open;
    bars.close[i] = price;
    bars.high[i] = Math.max(open, price) * (1 + 0.01 * uniform());
    bars.low[i] = Math.min(open, price) * (1 - 0.01 * uniform());
    bars.volume[i] = 1000 + Math.floor(9000 * uniform());
  });
  return bars;
}
