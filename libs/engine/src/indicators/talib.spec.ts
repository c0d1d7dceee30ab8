import { expect, test } from '@jest/globals';
import { lcgBars } from '../golden/lcg-bars.js';
import { talib } from '../golden/talib.js';
import { adlColumn, chaikinOscillatorColumn } from './accumulation.js';
import { aroonColumns } from './aroon.js';
import { atrColumn } from './atr.js';
import { balanceOfPowerColumn } from './balance-of-power.js';
import { bollingerColumns } from './bollinger.js';
import { cciColumn, meanAbsoluteDeviationColumn } from './cci.js';
import { betaColumn, correlationColumn } from './correlation.js';
import { demaColumn } from './dema.js';
import { directionalColumns } from './directional.js';
import { emaColumn } from './ema.js';
import { highestColumn, lowestColumn } from './extremes.js';
import { kamaColumn } from './kama.js';
import { linearRegressionColumns } from './linear-regression.js';
import { lsmaColumn } from './lsma.js';
import { macdColumns } from './macd.js';
import { mamaColumns } from './mama.js';
import { mfiColumn } from './mfi.js';
import { natrColumn } from './natr.js';
import { obvColumn } from './obv.js';
import { parabolicSarColumn } from './parabolic-sar.js';
import { apoColumn, ppoColumns } from './ppo.js';
import { momentumColumn } from './price-change.js';
import { averagePriceColumn, medianPriceColumn, typicalPriceColumn, weightedCloseColumn } from './prices.js';
import { rocColumn } from './roc.js';
import { rsiColumn } from './rsi.js';
import { smaColumn } from './sma.js';
import { standardDeviationColumn } from './standard-deviation.js';
import { stochasticColumns } from './stochastic.js';
import { stochasticRsiColumns } from './stochastic-rsi.js';
import { sumColumn } from './sum.js';
import { t3Column } from './t3.js';
import { temaColumn } from './tema.js';
import { trimaColumn } from './trima.js';
import { trixColumn } from './trix.js';
import { trueRangeColumn } from './true-range.js';
import { ultimateOscillatorColumn } from './ultimate-oscillator.js';
import { varianceColumn } from './variance.js';
import { williamsRColumn } from './williams-r.js';
import { wmaColumn } from './wma.js';

const bars = lcgBars();
const { open, high, low, close, volume } = bars;
const fastAndSlow = { fast: 12, slow: 26, signal: 9 };
const { mama, fama } = mamaColumns(close, { fast: 0.5, slow: 0.05 });
const { up, down, oscillator } = aroonColumns(bars, 25);
const line = linearRegressionColumns(close, 14);
const bands = bollingerColumns(close, 20, 2);

const ours: Record<keyof typeof talib.columns, Float64Array> = {
  sma: smaColumn(close, 10),
  ema: emaColumn(close, 10),
  wma: wmaColumn(close, 10),
  dema: demaColumn(close, 10),
  tema: temaColumn(close, 10),
  t3: t3Column(close, 5, 0.7),
  trimaEven: trimaColumn(close, 10),
  trimaOdd: trimaColumn(close, 11),
  kama: kamaColumn(close, { window: 10, fast: 2, slow: 30 }),
  mama,
  fama,
  rsi: rsiColumn(close, 14),
  stochasticD: stochasticColumns(bars, { window: 14, smooth: 3, signal: 3 }).d,
  fastStochasticD: stochasticColumns(bars, { window: 14, smooth: 1, signal: 3 }).d,
  stochasticRsiD: stochasticRsiColumns(close, 14, { window: 14, smooth: 1, signal: 3 }).d,
  ppo: ppoColumns(close, fastAndSlow).line,
  apo: apoColumn(close, 12, 26),
  cci: cciColumn(bars, 20),
  williamsR: williamsRColumn(bars, 14),
  trueRange: trueRangeColumn(bars),
  ultimateOscillator: ultimateOscillatorColumn(bars, { short: 7, middle: 14, long: 28 }),
  roc: rocColumn(close, 10),
  momentum: momentumColumn(close, 10),
  trix: trixColumn(close, 15),
  aroonUp: up,
  aroonDown: down,
  aroonOscillator: oscillator,
  parabolicSar: parabolicSarColumn(bars, 0.02, 0.2),
  atr: atrColumn(high, low, close, 14),
  natr: natrColumn(bars, 14),
  adl: adlColumn(bars),
  mfi: mfiColumn(bars, 14),
  obv: obvColumn(close, volume),
  lsma: lsmaColumn(close, 14),
  slope: line.slope,
  intercept: line.intercept,
  variance: varianceColumn(close, 14),
  standardDeviation: standardDeviationColumn(close, 14),
  upperBand: bands.upper,
  lowerBand: bands.lower,
  highest: highestColumn(close, 20),
  lowest: lowestColumn(close, 20),
  sum: sumColumn(close, 20),
  correlation: correlationColumn(high, volume, 20),
  beta: betaColumn(high, low, 20),
  balanceOfPower: balanceOfPowerColumn(bars),
  meanAbsoluteDeviation: meanAbsoluteDeviationColumn(close, 20),
  typicalPrice: typicalPriceColumn(high, low, close),
  weightedClose: weightedCloseColumn(high, low, close),
  medianPrice: medianPriceColumn(high, low),
  averagePrice: averagePriceColumn(open, high, low, close),
};

const macd = macdColumns(close, fastAndSlow);
const { plus, minus, dx, adx, adxr } = directionalColumns(bars, 14);
const late: Record<keyof typeof talib.lateColumns, Float64Array> = {
  macdLine: macd.line,
  macdSignal: macd.signal,
  plus,
  minus,
  dx,
  adx,
  adxr,
  chaikinOscillator: chaikinOscillatorColumn(bars, 3, 10),
};

type Name = keyof typeof ours;

test.each(Object.keys(ours) as Name[])('%s begins where TA-Lib does and agrees with it', (name) => {
  const { first, values } = talib.columns[name];
  expect({
    // A line of %D: TA-Lib tells both lines only where both are defined.
    first: ours[name].findIndex(Number.isFinite),
    values: talib.bars.map((bar) => ours[name][bar]),
  }).toEqual({ first, values: values.map(near) });
});

test.each(Object.keys(late) as (keyof typeof late)[])(
  '%s comes to agree with TA-Lib, which begins it otherwise',
  (name) => {
    expect(talib.lateBars.map((bar) => late[name][bar])).toEqual(talib.lateColumns[name].map(near));
  },
);

/** To 1e-9, relatively where the value is large. */
function near(value: number): unknown {
  return expect.closeTo(value, 9 - Math.max(0, Math.ceil(Math.log10(Math.abs(value) + 1e-9))));
}
