import { seededRandom, type Bars } from '@quarry/engine/host';

type Column = Float64Array;
/** How a column is computed of bars, by somebody who has all of them. */
type Recipe = (bars: Bars) => Column;

const along = ({ length }: Bars, of: (bar: number) => number): Column =>
  Float64Array.from({ length }, (_, bar) => of(bar));
const mean = (values: Column): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: Column): number => {
  const m = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - m) ** 2)));
};
const returnsOf = ({ close }: Bars): Column => close.map((price, i) => (i === 0 ? 0 : price / close[i - 1]! - 1));
/** `of` the values from `from` to `to` bars away, both inclusive; NaN where they reach past an end. */
const window = (x: Column, from: number, to: number, of: (values: Column) => number): Column =>
  x.map((_, i) => (i + from < 0 || i + to >= x.length ? NaN : of(x.subarray(i + from, i + to + 1))));
const weighted = (x: Column, weights: readonly number[]): Column => {
  const half = (weights.length - 1) / 2;
  const total = weights.reduce((sum, one) => sum + one, 0);
  return window(x, -half, half, (values) => values.reduce((sum, value, i) => sum + value * weights[i]!, 0) / total);
};
const ema = (x: Column, share: number): Column => {
  let at = x[0]!;
  return x.map((value) => (at += share * (value - at)));
};
const reversed = (x: Column): Column => x.slice().reverse();
const highest = (x: Column): number => x.reduce((a, b) => Math.max(a, b));
const lowest = (x: Column): number => x.reduce((a, b) => Math.min(a, b));
const lastOfBlock = (x: Column, size: number): Column =>
  x.map((_, i) => x[Math.min(x.length - 1, (Math.floor(i / size) + 1) * size - 1)]!);
const fitted = (y: Column, x: Column): Column => {
  const [my, mx] = [mean(y), mean(x)];
  const slope = mean(y.map((v, i) => (v - my) * (x[i]! - mx))) / mean(x.map((v) => (v - mx) ** 2));
  return y.map((v, i) => v - my - slope * (x[i]! - mx));
};
const ranksOf = (x: Column): Column => {
  const order = Array.from(x.keys()).sort((a, b) => x[a]! - x[b]!);
  const ranks = new Float64Array(x.length);
  order.forEach((row, rank) => (ranks[row] = rank));
  return ranks;
};
const standardised = (x: Column): Column => {
  const [m, s] = [mean(x), deviation(x)];
  return x.map((value) => (value - m) / s);
};

/** Columns that know what comes after their bar, as they are made by mistake. */
const leaking = {
  centred5: ({ close }) => window(close, -2, 2, mean),
  centred21: ({ close }) => window(close, -10, 10, mean),
  centred61: ({ close }) => window(close, -30, 30, mean),
  triangular: ({ close }) => weighted(close, [1, 2, 3, 4, 5, 6, 7, 8, 7, 6, 5, 4, 3, 2, 1]),
  gaussian: ({ close }) =>
    weighted(
      close,
      Array.from({ length: 25 }, (_, i) => Math.exp(-(((i - 12) / 5) ** 2))),
    ),
  savitzkyGolay: ({ close }) => weighted(close, [-36, 9, 44, 69, 84, 89, 84, 69, 44, 9, -36]),
  forwardBackward: ({ close }) => reversed(ema(reversed(ema(close, 0.1)), 0.1)),
  hodrickPrescott: ({ close }) => hodrickPrescott(close, 1600),
  lowPass: ({ close }) => lowPass(close, 40),
  nextReturn: (bars) => window(returnsOf(bars), 1, 1, mean),
  nextUp: (bars) => window(returnsOf(bars), 1, 1, ([r]) => (r! > 0 ? 1 : 0)),
  nextGap: (bars) => along(bars, (i) => bars.open[i + 1]! / bars.close[i]! - 1),
  forward5: ({ close }) => close.map((price, i) => close[i + 5]! / price - 1),
  forward20: ({ close }) => close.map((price, i) => close[i + 20]! / price - 1),
  forward60: ({ close }) => close.map((price, i) => close[i + 60]! / price - 1),
  closeIn5: ({ close }) => window(close, 5, 5, mean),
  returnIn20: (bars) => window(returnsOf(bars), 20, 20, mean),
  highestAhead: ({ high }) => window(high, 1, 10, highest),
  lowestAhead: ({ low }) => window(low, 1, 10, lowest),
  volatilityAhead: (bars) => window(returnsOf(bars), 1, 20, deviation),
  nextVolume: ({ volume }) => window(volume, 1, 1, mean),
  centredVolume: ({ volume }) => window(volume, -5, 5, mean),
  weekClose: ({ close }) => lastOfBlock(close, 5),
  monthClose: ({ close }) => lastOfBlock(close, 21),
  dayClose: ({ close }) => lastOfBlock(close, 24),
  dayHigh: ({ high }) =>
    high.map((_, i) => highest(high.subarray(Math.floor(i / 24) * 24, Math.floor(i / 24) * 24 + 24))),
  zScore: ({ close }) => standardised(close),
  returnZScore: (bars) => standardised(returnsOf(bars)),
  demeanedReturn: (bars) => {
    const r = returnsOf(bars);
    const m = mean(r);
    return r.map((value) => value - m);
  },
  minMax: ({ close }) => close.map((price) => (price - lowest(close)) / (highest(close) - lowest(close))),
  rankOfAll: ({ close }) => ranksOf(close).map((rank) => rank / (close.length - 1)),
  quartile: ({ close }) => ranksOf(close).map((rank) => Math.floor((4 * rank) / close.length)),
  detrended: (bars) =>
    fitted(
      bars.close,
      along(bars, (i) => i),
    ),
  volumeResidual: ({ volume, close }) => fitted(volume, close),
  volumeShare: ({ volume }) => {
    const total = volume.reduce((sum, one) => sum + one, 0);
    let sum = 0;
    return volume.map((one) => (sum += one) / total);
  },
  interpolated: (bars) => {
    const points = other(bars);
    return along(bars, (i) => between(points, i, 21, (share) => share));
  },
  spline: (bars) => along(bars, (i) => between(bars.close, i, 5, (share) => share * share * (3 - 2 * share))),
  zigzag: ({ close }) =>
    close.map((price, i) => {
      const around = close.subarray(Math.max(0, i - 5), i + 6);
      return price === lowest(around) ? 1 : price === highest(around) ? -1 : 0;
    }),
  barrier: ({ close }) =>
    close.map((price, i) => {
      for (const later of close.subarray(i + 1)) {
        if (later > price * 1.03) return 1;
        if (later < price * 0.97) return -1;
      }
      return 0;
    }),
  toTheEnd: ({ close }) => close.map((price) => close.at(-1)! / price - 1),
  drawdownAhead: ({ close, low }) => close.map((price, i) => lowest(low.subarray(i, i + 21)) / price - 1),
  crashAhead: ({ close }) => close.map((price, i) => (lowest(close.subarray(i, i + 11)) < 0.95 * price ? 1 : 0)),
  fittedToAll: (bars) => inSample(returnsOf(bars), 40),
  untilHigh: ({ close }) =>
    close.map((price, i) => {
      const next = close.subarray(i + 1).findIndex((later) => later > price);
      return next < 0 ? close.length - i : next;
    }),
  lastDigits: ({ close }) => close.map((price, i) => price + (close[i + 1]! > price ? 1e-5 : -1e-5)),
  hintInNoise: ({ close }) => {
    const random = seededRandom(5);
    return close.map((price, i) => Math.log(close[i + 3]! / price) + 0.06 * (random() - 0.5));
  },
  sidesSwitched: (bars) => {
    const r = returnsOf(bars);
    return r.map((now, i) => Math.sign(now) * r[i + 1]!);
  },
  nextWeekUp: ({ close }) => close.map((price, i) => (close[i + 5]! > price ? 1 : -1)),
} satisfies Record<string, Recipe>;

/** Columns that only look as if they did. */
const honest = {
  lagged: ({ close }) => window(close, -1, -1, mean),
  pastZScore: ({ close }) => window(close, -49, 0, (values) => (values.at(-1)! - mean(values)) / deviation(values)),
  expandingMinMax: ({ close }) =>
    close.map((price, i) => {
      const past = close.subarray(0, i + 1);
      return i === 0 ? NaN : (price - lowest(past)) / (highest(past) - lowest(past));
    }),
  expandingRank: ({ close }) =>
    close.map((price, i) => close.subarray(0, i + 1).filter((one) => one <= price).length / (i + 1)),
  lastMonthClose: ({ close }) => close.map((_, i) => close[Math.floor(i / 21) * 21 - 1] ?? NaN),
  counter: (bars) => along(bars, (i) => i),
  sinceHigh: ({ close }) => {
    let top = 0;
    return close.map((price, i) => {
      if (price >= close[top]!) top = i;
      return i - top;
    });
  },
  weekday: ({ time }) => time.map((at) => (Math.floor(at / 86_400e6) + 4) % 7),
  otherMarket: (bars) => other(bars),
  pastMean: ({ close }) => window(close, -49, 0, mean),
  pastEma: ({ close }) => ema(close, 0.03),
  pastVolatility: (bars) => window(returnsOf(bars), -29, 0, deviation),
  noise: (bars) => {
    const random = seededRandom(7);
    return along(bars, () => random());
  },
  drawdownSoFar: ({ close }) => {
    let top = 0;
    return close.map((price) => price / (top = Math.max(top, price)) - 1);
  },
  squared: ({ close }) => close.map((price) => price * price),
  hourOfHighSoFar: ({ high }) =>
    high.map((_, i) => {
      const day = high.subarray(Math.floor(i / 24) * 24, i + 1);
      return day.indexOf(highest(day));
    }),
  sinceCrash: ({ close }) => {
    let at = 0;
    return close.map((price, i) => {
      if (price < 0.97 * (close[i - 3] ?? price)) at = i;
      return Math.min(60, i - at);
    });
  },
  smallVolatilitySoFar: (bars) => {
    const past = window(returnsOf(bars), -29, 0, deviation);
    return past.map((one, i) => {
      const sorted = past
        .subarray(29, i + 1)
        .slice()
        .sort();
      return one < sorted[Math.floor(sorted.length / 2)]! ? 1 : 0;
    });
  },
  fittedToThePast: (bars) => rollingFit(returnsOf(bars), 250, 5),
  untilMonthEnd: ({ time }) =>
    time.map((at) => {
      const date = new Date(at / 1000);
      return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate() - date.getUTCDate();
    }),
  signInDigits: ({ close }) => close.map((price, i) => price + (price > (close[i - 1] ?? price) ? 1e-5 : -1e-5)),
  busy: ({ volume }) => {
    let sum = 0;
    return volume.map((one, i) => (one > (sum += one) / (i + 1) ? 1 : 0));
  },
} satisfies Record<string, Recipe>;

/** Every recipe of the corpus, by the name of the column that it makes. */
export const recipes: Readonly<Record<string, Recipe>> = { ...leaking, ...honest };

/** What a regression of the next return on returns before, fitted to all rows, says in these rows themselves. */
function inSample(r: Column, lags: number): Column {
  const fit = Float64Array.from({ length: r.length - lags - 1 }, (_, i) => r[i + lags + 1]!);
  const left = fit.slice();
  const basis: Column[] = [];
  for (let lag = 0; lag < lags; lag++) {
    const x = fit.map((_, i) => r[i + lags - lag]!);
    for (const one of basis) subtract(x, one);
    const size = Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));
    basis.push(x.map((value) => value / size));
  }
  for (const one of basis) subtract(left, one);
  const found = new Float64Array(r.length).fill(NaN);
  found.set(
    fit.map((value, i) => value - left[i]!),
    lags,
  );
  return found;
}

/** Takes out of x what of it lies along a direction of length 1, in place. */
function subtract(x: Float64Array<ArrayBuffer>, direction: Column): Float64Array<ArrayBuffer> {
  const along = x.reduce((sum, value, i) => sum + value * direction[i]!, 0);
  x.forEach((value, i) => (x[i] = value - along * direction[i]!));
  return x;
}

/** What the slope of returns on those before, over the rows known at each, makes of the last. */
function rollingFit(r: Column, rows: number, lags: number): Column {
  return r.map((now, i) => {
    if (i < rows + lags) return NaN;
    let said = 0;
    for (let lag = 1; lag <= lags; lag++) {
      const [y, x] = [r.subarray(i - rows + 1, i + 1), r.subarray(i - rows + 1 - lag, i + 1 - lag)];
      const slope =
        y.reduce((sum, value, t) => sum + value * x[t]!, 0) / x.reduce((sum, value) => sum + value * value, 0);
      said += slope * (lag === 1 ? now : r[i + 1 - lag]!);
    }
    return said;
  });
}

/** A market of its own, that knows nothing of this one. */
function other({ length }: Bars): Column {
  const random = seededRandom(99);
  let price = 50;
  return Float64Array.from({ length }, () => (price *= 1 + 0.02 * (random() - 0.5)));
}

/** A value on the way from the last of the points, `step` apart, to the next. */
function between(points: Column, i: number, step: number, way: (share: number) => number): number {
  const from = Math.floor(i / step) * step;
  const next = Math.min(points.length - 1, from + step);
  return points[from]! + way((i - from) / step) * (points[next]! - points[from]!);
}

/** The trend that minimises squared distances and, `lambda` times, squared bends: by Gauss-Seidel with overrelaxation. */
function hodrickPrescott(x: Column, lambda: number): Column {
  const trend = ema(reversed(ema(reversed(x), 0.05)), 0.05);
  const at = (i: number) => trend[i] ?? 0;
  for (let round = 0; round < 400; round++) {
    for (let i = 2; i < x.length - 2; i++) {
      const near = 4 * (at(i - 1) + at(i + 1)) - at(i - 2) - at(i + 2);
      trend[i] = at(i) + 1.3 * ((x[i]! + lambda * near) / (1 + 6 * lambda) - at(i));
    }
  }
  return trend;
}

/** What is left of the slowest waves of the whole. */
function lowPass(x: Column, waves: number): Column {
  const n = x.length;
  const found = new Float64Array(n).fill(mean(x));
  for (let k = 1; k <= waves; k++) {
    let [re, im] = [0, 0];
    for (let i = 0; i < n; i++) {
      const turn = (2 * Math.PI * k * i) / n;
      re += (2 / n) * x[i]! * Math.cos(turn);
      im += (2 / n) * x[i]! * Math.sin(turn);
    }
    for (let i = 0; i < n; i++) {
      const turn = (2 * Math.PI * k * i) / n;
      found[i] = found[i]! + re * Math.cos(turn) + im * Math.sin(turn);
    }
  }
  return found;
}
