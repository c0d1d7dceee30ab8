// Our own hand-written limit for workload W500: typed arrays, one pointer per symbol along its own clock, no modules,
// objects or safety. Do not slow it down: that would flatter us.
import { metrics } from './crossover.js';

/** Every moment at which a symbol has a bar, in order. */
export function clockOf(bars) {
  return Float64Array.from(new Set(bars.flatMap(({ knownAt }) => Array.from(knownAt)))).sort();
}

/**
 * Every `every` moments the best `held` of all symbols by their rise over `back` bars, bought and sold at the next open
 * with a relative fee, in equal parts of nine tenths of the account; equity at every moment, and all trades.
 */
export function w500(bars, clock, w, { every, held, back, fee, cash }, perYear) {
  const n = bars.length,
    at = new Int32Array(n).fill(-1),
    units = new Float64Array(n),
    entry = new Float64Array(n),
    entryAt = new Int32Array(n),
    want = new Float64Array(n),
    rises = new Float64Array(n),
    known = bars.map((one) => one.knownAt),
    open = bars.map((one) => one.open),
    close = bars.map((one) => one.close),
    own = new Int32Array(n);
  let k = 0,
    owned = 0,
    waiting = false;
  const patience = 30 * 86_400e6;
  for (let m = 0; m < clock.length; m++) {
    const now = clock[m];
    if (waiting) {
      let left = false;
      for (let i = 0; i < n; i++) {
        if (want[i] >= 0) continue;
        if (known[i][at[i] + 1] !== now) {
          left = true;
          continue;
        }
        const price = open[i][at[i] + 1],
          gain = units[i] * (price - entry[i]) - fee * units[i] * (price + entry[i]);
        w.pnl[k] = gain;
        w.ret[k] = gain / (units[i] * entry[i]);
        w.entry[k] = entryAt[i];
        w.exit[k++] = m;
        cash += units[i] * price * (1 - fee);
        units[i] = 0;
        want[i] = 0;
      }
      for (let i = 0; i < n; i++) {
        if (!(want[i] > 0)) continue;
        if (known[i][at[i] + 1] !== now) {
          left = true;
          continue;
        }
        const price = open[i][at[i] + 1];
        if (want[i] * price * (1 + fee) <= cash) {
          cash -= want[i] * price * (1 + fee);
          units[i] = want[i];
          entry[i] = price;
          entryAt[i] = m;
        }
        want[i] = 0;
      }
      waiting = left;
      owned = 0;
      for (let i = 0; i < n; i++) if (units[i] > 0) own[owned++] = i;
    }
    for (let i = 0; i < n; i++) {
      const next = at[i] + 1;
      if (known[i][next] === now) at[i] = next;
    }
    let equity = cash;
    for (let o = 0; o < owned; o++) {
      const i = own[o];
      if (units[i] > 0 && now - known[i][at[i]] >= patience) {
        const price = close[i][at[i]];
        cash += units[i] * price * (1 - fee);
        equity += units[i] * price * (1 - fee);
        w.pnl[k] = units[i] * (price - entry[i]) - fee * units[i] * (price + entry[i]);
        w.ret[k] = w.pnl[k] / (units[i] * entry[i]);
        w.entry[k] = entryAt[i];
        w.exit[k++] = m;
        units[i] = 0;
        want[i] = 0;
      } else equity += units[i] * close[i][at[i]];
    }
    w.eq[m] = equity;
    if (m % every !== 0) continue;
    for (let i = 0; i < n; i++) {
      const bar = at[i];
      rises[i] = bar >= back && known[i][bar] === now ? close[i][bar] / close[i][bar - back] : 0;
    }
    const least = rises.slice().sort()[n - held],
      value = (0.9 * equity) / held;
    for (let i = 0; i < n; i++) {
      const isChosen = rises[i] >= least && rises[i] > 0;
      if (units[i] > 0 && !isChosen) want[i] = -1;
      else if (units[i] === 0 && isChosen) want[i] = value / close[i][at[i]];
      else continue;
      waiting = true;
    }
  }
  w.trades = k;
  return metrics(w.eq, w, perYear);
}
