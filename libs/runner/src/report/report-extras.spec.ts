import { describe, expect, test } from '@jest/globals';
import { buildReport } from './build-report.js';
import { sampleRun, withRun } from './sample-run.js';

const wave = Array.from({ length: 2000 }, (_, i) => 100 + i / 10 + 8 * Math.sin(i / 20));

describe('what a report carries for its pictures', () => {
  test('is at most 600 points of rolling figures, from the first whole window to the last bar', () => {
    const run = sampleRun(wave);
    const { rolling } = buildReport(withRun(run, { benchmark: 'buy-and-hold' }));
    const { time } = run.study.clock;
    expect([rolling!.window, rolling!.time.length, rolling!.time[0], rolling!.time.at(-1)]).toEqual([
      183,
      600,
      time[183],
      time.at(-1),
    ]);
    expect(rolling!.beta!.every((value) => Math.abs(value! - 1) < 1e-9)).toBe(true);
  });

  test('counts every return in some bin', () => {
    const { distribution } = buildReport(sampleRun(wave));
    expect(distribution!.counts.reduce((sum, count) => sum + count, 0)).toBe(wave.length - 1);
  });

  test('is nothing of a run too short for it', () => {
    const { rolling, distribution, matching } = buildReport(sampleRun([100, 101]));
    expect([rolling, distribution, matching]).toEqual([undefined, undefined, undefined]);
  });

  test('has each month of the benchmark beside the strategy’s', () => {
    const { monthly } = buildReport(withRun(sampleRun(wave), { benchmark: 'buy-and-hold' }));
    expect(monthly.every(({ returns, benchmark }) => Math.abs(Number(returns) - Number(benchmark)) < 1e-12)).toBe(true);
  });

  test('says how far each trade went against and for its holder', () => {
    const { trades } = buildReport(sampleRun(wave, [5, -2, 3]));
    expect(trades.every(({ adverse, favourable }) => adverse! <= 0 && favourable! >= 0)).toBe(true);
  });
});
