import type { DatasetInfo, Manifest } from '@quarry/contracts';
import { seededRandom, StrategyRun, type BacktestSettings, type Bars } from '@quarry/engine/host';
import { warmUpSettings, warmUpStrategies } from '../guest/warm-up-strategies.js';
import { Follower } from './settle.js';

const length = 5_000;
const rounds = 2;

/**
 * The machine code that V8 makes of the broker rests on the shapes of its objects, and a collection forgets the shapes of
 * which none is left: so one of each round is kept for good.
 */
const kept: Follower[] = [];

/** Follows and reports runs of strategies of ours, so that all of it is compiled to machine code before a user's run comes. */
export function warmUpReplay(): void {
  const bars = [randomWalk()];
  for (let round = 0; round < rounds; round++) {
    const settings = warmUpSettings[round % warmUpSettings.length]!;
    const [first] = warmUpStrategies.map((strategy) => {
      const run = new StrategyRun(strategy, { bars, settings, params: {} });
      const follower = new Follower(bars, settings, null);
      do follower.take(run.goOn());
      while (!run.isEnded);
      follower.settle({ ...settleJob(settings), guestEquity: run.finalEquity });
      return follower;
    });
    if (first) kept.push(first);
  }
}

function settleJob(settings: BacktestSettings) {
  const hash = '0'.repeat(64);
  const manifest = { settings, data: [] as Manifest['data'], profile: 'v1', benchmark: 'none' } as Manifest;
  const environment = { wall: 'none', milliseconds: 0, quarry: '' } as const;
  return { strategyName: '', manifest, manifestHash: hash, dataset, absent: [], log: [], logCut: false, environment };
}

const none = { rowsRead: 0, rowsKept: 0, rowsRefused: 0, duplicates: 0, outOfOrder: 0, gapCount: 0, ohlcViolations: 0 };
const dataset: DatasetInfo = {
  schema: 'quarry.dataset/1',
  name: 'warm-up',
  version: '0'.repeat(64),
  ...{ series: [], stamp: 'open', timezone: 'UTC', calendar: '24/7', source: 'generated', licence: 'MIT' },
  quality: {
    ...none,
    ...{ refused: [], gaps: [], nonPositivePrices: 0, zeroVolume: 0, outlierCount: 0, outliers: [], notes: [] },
  },
};

function randomWalk(): Bars {
  const random = seededRandom(1);
  const close = new Float64Array(length);
  for (let i = 0, price = 100.5; i < length; i++) close[i] = price *= 1 + 0.02 * (random() - 0.5);
  const time = Float64Array.from({ length }, (_, bar) => bar * 60e6);
  const zone = { name: 'UTC', from: new Float64Array(1), offsetMinutes: new Float64Array(1) };
  const prices = { open: close, high: close, low: close, close, volume: close };
  return { symbol: '', interval: '1m', zone, length, time, knownAt: time.map((at) => at + 60e6), ...prices, extra: {} };
}
