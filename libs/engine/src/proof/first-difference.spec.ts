import { expect, test } from '@jest/globals';
import { defineStrategy } from '../strategy.js';
import { defaultSettings } from '../settings.js';
import { runStrategy } from '../strategy-run.js';
import { barsFromCloses } from '../testing.js';
import type { Trader } from '../trader.js';
import { decisionsOf, type Tape } from './decisions.js';
import { firstDifference } from './first-difference.js';

const closes = Array.from({ length: 10 }, (_, i) => 10 + i);

function tapeOf(next: (trader: Trader<Record<never, never>>) => void): Tape {
  const strategy = defineStrategy({ name: 'told', next });
  const bytes = runStrategy(strategy, { bars: [barsFromCloses(closes)], settings: defaultSettings, params: {} }).tape;
  return { bytes, symbols: ['TEST'] };
}

test('a decision is told in the words of its order', () => {
  const tape = tapeOf(({ index, buy, sell, close, cancelAll }) => {
    if (index === 1) buy({ size: 2, limit: 9.5, tag: 'dip' });
    if (index === 2) cancelAll();
    if (index === 3) sell({ fraction: 0.5, stop: 8 });
    if (index === 4) buy().cancel();
    if (index === 6) close();
  });
  expect(Array.from(decisionsOf(tape), ({ moment, words, kind }) => [moment, words, kind])).toEqual([
    [1, 'buy 2 limit 9.5 tagged "dip"', 'buy limit'],
    [2, 'cancel all orders', 'cancel all orders'],
    [3, 'sell a share of 0.5 stop 8', 'sell stop'],
    [4, 'buy all', 'buy'],
    [4, 'cancel the order given 1 rows before', 'cancel'],
  ]);
});

test('runs that tell the same have no first difference', () => {
  const told = () => tapeOf(({ index, buy }) => void (index % 3 === 0 && buy({ size: 1 })));
  expect(firstDifference(told(), told(), Infinity)).toBeNull();
});

test('the first difference is the earlier of two decisions that part', () => {
  const before = tapeOf(({ index, buy }) => void (index === 5 && buy()));
  const after = tapeOf(({ index, sell }) => void (index === 3 && sell()));
  const found = firstDifference(before, after, Infinity);
  expect([found?.moment, found?.before?.words, found?.after?.words]).toEqual([3, 'buy all', 'sell all']);
});

test('decisions after the cut do not count', () => {
  const before = tapeOf(({ index, buy }) => void (index === 5 && buy()));
  const after = tapeOf(() => undefined);
  expect([firstDifference(before, after, 5), firstDifference(before, after, 6)?.moment]).toEqual([null, 5]);
});

test('amounts can be left out of account', () => {
  const before = tapeOf(({ index, buy }) => void (index === 5 && buy({ size: 1 })));
  const after = tapeOf(({ index, buy }) => void (index === 5 && buy({ size: 2 })));
  const by = (what: 'words' | 'kind') => firstDifference(before, after, Infinity, what)?.moment;
  expect([by('words'), by('kind')]).toEqual([5, undefined]);
});
