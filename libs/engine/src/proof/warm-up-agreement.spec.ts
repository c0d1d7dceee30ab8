import { expect, test } from '@jest/globals';
import { ema, sma } from '../core.js';
import { defaultSettings } from '../settings.js';
import { defineStrategy } from '../strategy.js';
import type { Strategy } from '../strategy.js';
import { runStrategy } from '../strategy-run.js';
import { barsFromCloses, randomBars } from '../testing.js';
import { agreementOf } from './warm-up-agreement.js';

const closes = [...randomBars(600, 12, { volatility: 0.03 }).close];
const tapeOf = (strategy: Strategy, from: number) => {
  const bars = [barsFromCloses(closes.slice(from))];
  return { bytes: runStrategy(strategy, { bars, settings: defaultSettings, params: {} }).tape, symbols: ['TEST'] };
};
const agreement = (strategy: Strategy) => agreementOf(tapeOf(strategy, 0), tapeOf(strategy, 100), 100, 500);

test('a strategy that looks 20 bars back decides alike once it has them', () => {
  const strategy = defineStrategy({
    name: 'mean of 20',
    init: ({ bars }) => ({ mean: sma(bars.close, 20) }),
    next({ bars, buy, close }, { mean }) {
      if (bars.close.now > mean.now) buy({ size: 1 });
      else close();
    },
  });
  const { exactAfter, decisions } = agreement(strategy as Strategy);
  expect(exactAfter).toBeGreaterThan(0);
  expect(exactAfter).toBeLessThanOrEqual(20);
  expect(decisions).toBeGreaterThan(100);
});

test('a recursive mean of 30 bars takes longer than 30 bars to forget its start', () => {
  const strategy = defineStrategy({
    name: 'recursive',
    init: ({ bars }) => ({ mean: ema(bars.close, 30) }),
    next({ buy }, { mean }) {
      if (mean.now > 0) buy({ size: 1, limit: Math.round(mean.now * 1e4) / 1e4 });
    },
  });
  expect(agreement(strategy as Strategy).exactAfter).toBeGreaterThan(60);
});

test('a strategy that counts bars from its first never agrees with a later start', () => {
  const strategy = defineStrategy({ name: 'counter', next: ({ index, buy }) => void buy({ size: 1 + index }) });
  expect(agreement(strategy as Strategy)).toEqual({ exactAfter: null, kindAfter: 0, decisions: 500 });
});
