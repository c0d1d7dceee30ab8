import { delistedAt } from './actions/action-at.js';
import { totalGrowth } from './actions/growth.js';
import type { Bars } from './bars.js';
import { intervalLength } from './metrics/session-days.js';
import { momentAtOrAfter, type Pace, paceOf } from './pace.js';

const mostNamed = 3;
const startsAt = 100;

/**
 * The series of a run as one: the account's clock and, as its price, what equal parts of all symbols are worth, 100 at the
 * start. Each part is bought at its symbol's first close, is cash before, and stays at the last close where a symbol
 * ends; nothing is shifted between them later. Dividends that the run pays buy more of the symbol that paid them, splits
 * leave a part's worth alone, a delisting turns it into what was stated. One series alone is itself, its closes in terms
 * of the first bar's units.
 */
export function basketOf(bars: readonly Bars[]): Bars {
  const first = bars[0]!;
  if (bars.length === 1) return alone(first);
  const pace = paceOf(bars);
  const shortest = bars.reduce((a, b) => (intervalLength(b.interval) < intervalLength(a.interval) ? b : a));
  const close = worthOf(pace, bars);
  return {
    symbol: nameOf(bars),
    interval: shortest.interval,
    zone: first.zone,
    ...pace,
    ...{ open: close, high: close, low: close, close },
    volume: new Float64Array(pace.length).fill(NaN),
    extra: {},
  };
}

/** Moments between a series' first and last bar at which others had a bar and it had none. */
export function missingBars({ knownAt, length }: Bars, pace: Pace): number {
  if (length === 0) return 0;
  const from = momentAtOrAfter(pace.knownAt, knownAt[0]!, 0);
  return Math.max(0, momentAtOrAfter(pace.knownAt, knownAt[length - 1]!, from) - from + 1 - length);
}

/** The moment at which each bar of a series was known, as its index in the pace. */
export function momentsOf({ knownAt, length }: Bars, pace: Pace): Int32Array {
  const moments = new Int32Array(length);
  let at = 0;
  for (let bar = 0; bar < length; bar++) {
    while (pace.knownAt[at]! < knownAt[bar]!) at++;
    moments[bar] = at;
  }
  return moments;
}

/** A series whose closes are what one unit of its first bar is worth later, dividends reinvested. */
function alone(bars: Bars): Bars {
  const { actions } = bars;
  if (!actions) return bars;
  const growth = totalGrowth(bars);
  const close = bars.close.map((price, bar) => {
    const settled = delistedAt(actions, bar);
    return (settled === settled ? settled : price) * (growth?.[bar] ?? 1);
  });
  return { ...bars, close };
}

function worthOf(pace: Pace, bars: readonly Bars[]): Float64Array {
  const worth = new Float64Array(pace.length);
  for (const { knownAt, close, length } of bars.map(alone)) {
    const part = startsAt / bars.length;
    const units = part / (close[0] ?? NaN);
    const from = length > 0 ? momentAtOrAfter(pace.knownAt, knownAt[0]!, 0) : pace.length;
    for (let at = 0; at < from; at++) worth[at] = worth[at]! + part;
    for (let at = from, bar = 0; at < pace.length; at++) {
      while (bar + 1 < length && knownAt[bar + 1]! <= pace.knownAt[at]!) bar++;
      worth[at] = worth[at]! + units * close[bar]!;
    }
  }
  return worth;
}

function nameOf(bars: readonly Bars[]): string {
  return bars.length <= mostNamed ? bars.map(({ symbol }) => symbol).join(', ') : `${bars.length} symbols`;
}
