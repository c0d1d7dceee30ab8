import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { BacktestOptions } from '@quarry/contracts';
import { Arena } from './hostile/arena.js';
import { strategySource } from './hostile/strategy-source.js';

const bars = 5_000;
let arena: Arena;

beforeAll(async () => {
  arena = await Arena.open({ wallMs: 20_000, memoryMb: 256, resultBytes: 8_000_000 }, { bars });
}, 30_000);

afterAll(() => arena.close());

test('log and progress of a run come while it goes on, at the same bars in every run', async () => {
  const source = strategySource(`
    import { defineStrategy } from '@quarry/engine';
    export default defineStrategy({
      name: 'Talks',
      next({ index }) {
        if (index % 1000 === 0) console.log('bar', index);
      },
    });
  `);
  const job = { source, strategyName: 's', dataset: arena.dataset, options: BacktestOptions.parse({}) };
  const follow = async (): Promise<string[]> => {
    const heard: string[] = [];
    const { report } = await arena.runner.backtest(job, {
      onLog: (lines) => heard.push(...lines.map(({ text }) => text)),
      onProgress: (phase, done) => heard.push(`${phase} ${Math.round(done * bars)}`),
    });
    expect([report.failure, report.log.length]).toEqual([null, 5]);
    return heard;
  };
  const first = await follow();
  expect(first).toEqual([
    ...['compile 0', 'run 0'],
    ...['bar 0', 'run 256', 'bar 1000', 'run 1024', 'bar 2000', 'bar 3000', 'bar 4000', 'run 4096', 'run 5000'],
    ...['replay 0', 'report 5000'],
  ]);
  expect(await follow()).toEqual(first);
}, 30_000);
