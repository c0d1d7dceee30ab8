import { expect, test } from '@jest/globals';
import { backtest, randomBars } from '../testing.js';
import { defineStrategy } from '../strategy.js';
import * as indicators from './index.js';
import { atrColumn } from './atr.js';
import { bollingerColumns } from './bollinger.js';
import { emaColumn } from './ema.js';
import { highestColumn, lowestColumn } from './extremes.js';
import { macdColumns } from './macd.js';
import { rsiColumn } from './rsi.js';
import { smaColumn } from './sma.js';
import { standardDeviationColumn } from './standard-deviation.js';

test('an author reads at each bar what the column functions say of it', () => {
  const bars = randomBars(120, 5);
  const { close, high, low } = bars;
  const bands = bollingerColumns(close, 20, 2);
  const macd = macdColumns(close, { fast: 12, slow: 26, signal: 9 });
  const columns: Record<string, Float64Array> = {
    sma: smaColumn(close, 10),
    ema: emaColumn(close, 10),
    rsi: rsiColumn(close, 14),
    atr: atrColumn(high, low, close, 14),
    standardDeviation: standardDeviationColumn(close, 10),
    highest: highestColumn(high, 10),
    lowest: lowestColumn(low, 10),
    upper: bands.upper,
    middle: bands.middle,
    lower: bands.lower,
    line: macd.line,
    signal: macd.signal,
    histogram: macd.histogram,
    averageOfAverage: emaColumn(smaColumn(close, 10), 5),
  };
  const differences: string[] = [];
  const strategy = defineStrategy({
    name: 'Reads every indicator',
    init: ({ bars: view }) => ({
      sma: indicators.sma(view.close, 10),
      ema: indicators.ema(view.close, 10),
      rsi: indicators.rsi(view.close),
      atr: indicators.atr(view),
      standardDeviation: indicators.standardDeviation(view.close, 10),
      highest: indicators.highest(view.high, 10),
      lowest: indicators.lowest(view.low, 10),
      ...indicators.bollinger(view.close),
      ...indicators.macd(view.close),
      averageOfAverage: indicators.ema(indicators.sma(view.close, 10), 5),
    }),
    next({ index }, signals) {
      for (const [name, series] of Object.entries(signals)) {
        if (!Object.is(series.now, columns[name]![index])) differences.push(`${name} at ${index}`);
      }
    },
  });
  backtest(strategy, bars);
  expect(differences).toEqual([]);
});
