import { describe, expect, test } from '@jest/globals';
import { type BarSeries, barSeriesFrom } from './bar-series.js';
import type { Bars } from './bars.js';
import * as indicators from './indicators/index.js';
import * as patterns from './patterns/index.js';
import { columnOf, SteppingCursor, Series } from './series.js';
import { randomBars } from './testing.js';

// What every indicator and every pattern must hold to, whatever it computes. One that is exported and not in the table fails.

type Lines = Readonly<Record<string, Series>>;
interface Law {
  /** The indicator over these bars, with its main window. */
  readonly of: (bars: BarSeries, window: number) => Series | Lines;
  /** False where it has no window. */
  readonly hasWindow: boolean;
  /** Lines that are defined only where there is something to tell. */
  readonly sparse?: readonly string[];
}

const i = indicators;
const p = patterns;
const usual = 14;
const swing = (left: number) => ({ left, right: 3 });
const facts = ['neckline', 'target', 'firstAgo', 'secondAgo', 'leftAgo', 'headAgo', 'rightAgo'];
const lines = ['upper', 'lower', 'firstAgo'];

/** Of the closes, or of the bars; with a window or without. */
const values = (of: (close: Series, window: number) => Series | Lines): Law => ({
  of: (bars, window) => of(bars.close, window),
  hasWindow: true,
});
const bars = (of: (bars: BarSeries, window: number) => Series | Lines, sparse: readonly string[] = []): Law => ({
  of,
  hasWindow: true,
  sparse,
});
const plain = (of: (bars: BarSeries) => Series | Lines): Law => ({ of: (bars) => of(bars), hasWindow: false });

const table: Readonly<Record<string, Law>> = {
  sma: values(i.sma),
  ema: values(i.ema),
  wma: values(i.wma),
  wilder: values(i.wilder),
  dema: values(i.dema),
  tema: values(i.tema),
  t3: values(i.t3),
  hma: values(i.hma),
  zlema: values(i.zlema),
  trima: values(i.trima),
  kama: values((x, window) => i.kama(x, { window })),
  vidya: values((x, momentum) => i.vidya(x, 10, momentum)),
  mcginley: values(i.mcginley),
  mama: plain(({ close }) => i.mama(close)),
  alma: values(i.alma),
  lsma: values(i.lsma),
  vwma: bars((b, window) => i.vwma(b.close, b, window)),
  vwap: plain(i.vwap),
  rollingVwap: bars(i.rollingVwap),
  rsi: values(i.rsi),
  stochastic: bars((b, window) => i.stochastic(b, { window })),
  stochasticRsi: values((x, window) => i.stochasticRsi(x, { window })),
  macd: values((x, signal) => i.macd(x, { signal })),
  ppo: values((x, signal) => i.ppo(x, { signal })),
  apo: values((x, fast) => i.apo(x, fast, fast + 10)),
  roc: values(i.roc),
  momentum: values(i.momentum),
  cci: bars(i.cci),
  williamsR: bars(i.williamsR),
  ultimateOscillator: bars((b, long) => i.ultimateOscillator(b, { long })),
  awesome: bars((b, fast) => i.awesome(b, fast, fast + 10)),
  accelerator: bars((b, signal) => i.accelerator(b, 5, 34, signal)),
  cmo: values(i.cmo),
  trix: values(i.trix),
  tsi: values(i.tsi),
  kst: values(i.kst),
  coppock: values((x, average) => i.coppock(x, { average })),
  dpo: values(i.dpo),
  fisher: bars(i.fisher),
  connorsRsi: values((x, rank) => i.connorsRsi(x, { rank })),
  schaffTrendCycle: values((x, cycle) => i.schaffTrendCycle(x, { cycle })),
  relativeVigor: bars(i.relativeVigor),
  qstick: bars(i.qstick),
  elderRay: bars(i.elderRay),
  balanceOfPower: plain(i.balanceOfPower),
  squeeze: bars((b, window) => i.squeeze(b, { window })),
  adx: bars(i.adx),
  aroon: bars(i.aroon),
  supertrend: bars(i.supertrend),
  parabolicSar: plain(i.parabolicSar),
  ichimoku: bars((b, span) => i.ichimoku(b, { span })),
  vortex: bars(i.vortex),
  choppiness: bars(i.choppiness),
  massIndex: bars(i.massIndex),
  chandelier: bars(i.chandelier),
  heikinAshi: plain(i.heikinAshi),
  pivotPoints: plain(i.pivotPoints),
  medianPrice: plain(i.medianPrice),
  typicalPrice: plain(i.typicalPrice),
  weightedClose: plain(i.weightedClose),
  averagePrice: plain(i.averagePrice),
  trueRange: plain(i.trueRange),
  atr: bars(i.atr),
  natr: bars(i.natr),
  standardDeviation: values(i.standardDeviation),
  bollinger: values(i.bollinger),
  percentB: values(i.percentB),
  bandwidth: values(i.bandwidth),
  keltner: bars((b, window) => i.keltner(b, { window })),
  donchian: bars(i.donchian),
  relativeVolatility: values(i.relativeVolatility),
  ulcer: values(i.ulcer),
  closeToCloseVolatility: values(i.closeToCloseVolatility),
  parkinsonVolatility: bars(i.parkinsonVolatility),
  garmanKlassVolatility: bars(i.garmanKlassVolatility),
  rogersSatchellVolatility: bars(i.rogersSatchellVolatility),
  yangZhangVolatility: bars(i.yangZhangVolatility),
  obv: plain(i.obv),
  adl: plain(i.adl),
  cmf: bars(i.cmf),
  chaikinOscillator: bars((b, fast) => i.chaikinOscillator(b, fast, fast + 10)),
  mfi: bars(i.mfi),
  forceIndex: bars(i.forceIndex),
  easeOfMovement: bars(i.easeOfMovement),
  nvi: plain(i.nvi),
  pvi: plain(i.pvi),
  pvt: plain(i.pvt),
  highest: values(i.highest),
  lowest: values(i.lowest),
  highestAgo: values(i.highestAgo),
  lowestAgo: values(i.lowestAgo),
  sum: values(i.sum),
  variance: values(i.variance),
  zScore: values(i.zScore),
  meanAbsoluteDeviation: values(i.meanAbsoluteDeviation),
  skewness: values(i.skewness),
  kurtosis: values(i.kurtosis),
  quantile: values((x, window) => i.quantile(x, window, 0.3)),
  median: values(i.median),
  percentRank: values(i.percentRank),
  covariance: bars((b, window) => i.covariance(b.high, b.volume, window)),
  correlation: bars((b, window) => i.correlation(b.high, b.volume, window)),
  beta: bars((b, window) => i.beta(b.high, b.low, window)),
  autocorrelation: values(i.autocorrelation),
  linearRegression: values(i.linearRegression),
  hurst: values(i.hurst),
  permutationEntropy: values(i.permutationEntropy),
  logReturn: values(i.logReturn),
  drawdown: plain(({ close }) => i.drawdown(close)),
  maxDrawdown: values(i.maxDrawdown),
  asOf: plain((b) => i.asOf(b.close, b, b)),
  swings: bars((b, left) => p.swings(b, swing(left)), ['high', 'highAgo', 'low', 'lowAgo']),
  doubleTop: bars((b, left) => p.doubleTop(b, swing(left)), facts),
  doubleBottom: bars((b, left) => p.doubleBottom(b, swing(left)), facts),
  headAndShoulders: bars((b, left) => p.headAndShoulders(b, swing(left)), facts),
  inverseHeadAndShoulders: bars((b, left) => p.inverseHeadAndShoulders(b, swing(left)), facts),
  triangle: bars((b, left) => p.triangle(b, 'symmetrical', swing(left)), lines),
  rectangle: bars((b, left) => p.rectangle(b, swing(left)), lines),
  wedge: bars((b, left) => p.wedge(b, 'falling-wedge', swing(left)), lines),
  flag: bars((b, rest) => p.flag(b, { rest, ranges: 1 })),
  pennant: bars((b, rest) => p.pennant(b, { rest, ranges: 1 })),
  ...Object.fromEntries(
    (
      [
        ...['doji', 'longLeggedDoji', 'dragonflyDoji', 'gravestoneDoji', 'hammer', 'hangingMan', 'invertedHammer'],
        ...[
          'shootingStar',
          'spinningTop',
          'highWave',
          'marubozu',
          'closingMarubozu',
          'beltHold',
          'engulfing',
          'harami',
        ],
        ...['haramiCross', 'dojiStar', 'piercing', 'darkCloudCover', 'kicking', 'counterattack', 'tweezers'],
        ...['morningStar', 'eveningStar', 'morningDojiStar', 'eveningDojiStar', 'abandonedBaby', 'threeInside'],
        ...['threeOutside', 'threeWhiteSoldiers', 'threeBlackCrows', 'threeMethods'],
      ] as 'doji'[]
    ).map((name) => [name, plain(p[name])]),
  ),
};

// Read once: in a test's realm every look at a global costs.
const { is } = Object;
const { abs, max } = Math;
const { isNaN, isFinite } = Number;

/** Beyond 1,024 bars, after which some sums are taken anew. */
const count = 1100;
const sample = randomBars(count, 11, { interval: '1h', volatility: 0.02 });
const noise = randomBars(count, 99, { interval: '1h', volatility: 0.3 });
const columns = ['time', 'knownAt', 'open', 'high', 'low', 'close', 'volume'] as const;
const priceColumns = columns.slice(2);

const short = randomBars(100, 3);

function view(bars: Bars): BarSeries {
  const now = new SteppingCursor(bars.length);
  return barSeriesFrom(bars, now, { pace: bars, now });
}

/** The bars with each column made anew. */
function changed(bars: Bars, make: (column: Float64Array, name: (typeof columns)[number]) => Float64Array): Bars {
  const made = Object.fromEntries(columns.map((name) => [name, make(bars[name], name)])) as unknown as Bars;
  return { ...bars, ...made, length: made.close.length };
}

/** Every line of an indicator, by name. */
function run(law: Law, bars: Bars, window = usual): Record<string, Float64Array> {
  const result = law.of(view(bars), window);
  const all = result instanceof Series ? { value: result } : result;
  return Object.fromEntries(Object.entries(all).map(([name, series]) => [name, columnOf(series)]));
}

/** Where two results differ in a bit, up to a bar. */
function differences(a: Record<string, Float64Array>, b: Record<string, Float64Array>, until: number): string[] {
  return Object.keys(a).filter((line) => {
    const left = a[line]!;
    const right = b[line]!;
    for (let k = 0; k < until; k++) if (!is(left[k], right[k])) return true;
    return false;
  });
}

function withGap(bars: Bars, at: number): Bars {
  return changed(bars, (column, name) => {
    const copy = column.slice();
    if (name !== 'time' && name !== 'knownAt') copy[at] = NaN;
    return copy;
  });
}

test('the table names every indicator and every pattern that there is, and no other', () => {
  const exported = [...Object.keys(indicators), ...Object.keys(patterns)].filter((name) => !name.startsWith('crossed'));
  expect(Object.keys(table).sort()).toEqual(exported.sort());
});

describe.each(Object.entries(table))('%s', (name, law) => {
  const whole = run(law, sample);

  test('is the same to the last bit whether or not later bars exist', () => {
    const late = [1, 15, 40, 1025].flatMap((cut) => {
      const early = run(
        law,
        changed(sample, (column) => column.slice(0, cut)),
      );
      return differences(early, whole, cut).map((line) => `${line} of the first ${cut}`);
    });
    expect(late).toEqual([]);
  });

  test('is the same to the last bit whatever later bars bring', () => {
    const late = [600].flatMap((cut) => {
      const other = changed(sample, (column, name) => {
        const copy = column.slice();
        if (name !== 'time' && name !== 'knownAt') copy.set(noise[name].subarray(cut), cut);
        return copy;
      });
      return differences(run(law, other), whole, cut).map((line) => `${line} of the first ${cut}`);
    });
    expect(late).toEqual([]);
  });

  test('is not defined until enough bars are known, and from then on at every bar', () => {
    const broken = Object.entries(whole).filter(([line, column]) => {
      if (law.sparse?.includes(line)) return column.some((value) => abs(value) === Infinity);
      const first = column.findIndex(isFinite);
      return first < 0 || column.some((value, k) => (k < first ? !isNaN(value) : !isFinite(value)));
    });
    expect(broken.map(([line]) => line)).toEqual([]);
  });

  test('is not defined on a gap, does not change before it, and begins anew after it', () => {
    const broken = [300, 1030].flatMap((gap) => {
      const holed = run(law, withGap(sample, gap));
      const rest = run(
        law,
        changed(sample, (column) => column.slice(gap + 1)),
      );
      return [
        ...differences(holed, whole, gap).map((line) => `${line} before ${gap}`),
        ...Object.entries(holed).flatMap(([line, column]) => (isNaN(column[gap]) ? [] : [`${line} at ${gap}`])),
        ...Object.entries(rest).flatMap(([line, column]) => {
          const off = column.findIndex((value, k) => !isNear(holed[line]![gap + 1 + k]!, value));
          return off < 0 ? [] : [`${line} ${off + 1} after ${gap}`];
        }),
      ];
    });
    expect(broken).toEqual([]);
  });

  test('writes nothing into the bars it is given', () => {
    const given = changed(sample, (column) => column.slice());
    run(law, given);
    expect(priceColumns.filter((column) => !sameBits(given[column], sample[column]))).toEqual([]);
  });

  if (!law.hasWindow) return;

  test('refuses a window that is none by its name and value', () => {
    const messages = [0, -1, 2.5, NaN, Infinity].map((window) => messageOf(() => run(law, short, window)));
    expect(messages).toEqual(
      [0, -1, 2.5, NaN, Infinity].map((window) =>
        expect.stringMatching(new RegExp(`^RangeError ${name}: .*${window}`)),
      ),
    );
  });

  test('with a window longer than the series is nowhere defined', () => {
    const defined = Object.entries(run(law, short, 1_000_000_000)).filter(([, column]) => column.some(isFinite));
    expect(defined.map(([line]) => line).filter((line) => !isOfShorterWindow(name, line))).toEqual([]);
  });
});

function messageOf(call: () => unknown): string {
  try {
    call();
    return 'none';
  } catch (error) {
    return error instanceof Error ? `${error.name} ${error.message}` : String(error);
  }
}

/** Lines that another window than the main one decides. */
function isOfShorterWindow(name: string, line: string): boolean {
  return (name === 'ichimoku' && !line.endsWith('B')) || (['macd', 'ppo', 'kst'].includes(name) && line === 'line');
}

function isNear(a: number, b: number): boolean {
  return a === b || (isNaN(a) && isNaN(b)) || abs(a - b) <= 1e-9 * max(1, abs(a), abs(b));
}

function sameBits(a: Float64Array, b: Float64Array): boolean {
  return a.every((value, k) => is(value, b[k]));
}
