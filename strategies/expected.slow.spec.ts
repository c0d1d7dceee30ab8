import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { BacktestOptions, type Report } from '@quarry/contracts';
import { createRunner, openDataset, readStrategyFolder, type Runner } from '@quarry/runner';

/** What `quarry backtest strategies/<name> --data <data> --json` with these options said when it was recorded. */
interface Expected {
  readonly data: string;
  readonly options: unknown;
  readonly orderListHash: string;
  readonly tradeCount: number;
  readonly metrics: Readonly<Record<string, number | string>>;
}

const here = import.meta.dirname;
const names = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const limits = { wallMs: 60_000, memoryMb: 512, resultBytes: 8_000_000 };

describe('the example strategies on the data they were recorded on', () => {
  const home = mkdtempSync(join(tmpdir(), 'quarry-strategies-'));
  let runner: Runner;

  beforeAll(async () => {
    runner = await createRunner({ directory: join(home, 'cache'), limits, wallMin: 'none' });
  }, 60_000);

  afterAll(async () => {
    await runner.close();
    rmSync(home, { recursive: true, force: true });
  });

  test.each(names)(
    '%s places the same orders and reports the same figures',
    async (name) => {
      const expected = JSON.parse(readFileSync(join(here, name, 'expected.json'), 'utf8')) as Expected;
      const dataset = await openDataset(expected.data, join(home, 'datasets'));
      if ('code' in dataset) throw new Error(dataset.message);
      const { report } = await runner.backtest({
        source: await readStrategyFolder(join(here, name)),
        strategyName: name,
        dataset,
        options: BacktestOptions.parse(expected.options),
      });
      expect(recorded(report, Object.keys(expected.metrics))).toEqual({
        failure: null,
        orderListHash: expected.orderListHash,
        tradeCount: expected.tradeCount,
        metrics: expected.metrics,
      });
    },
    120_000,
  );
});

function recorded(report: Report, ids: readonly string[]): unknown {
  const { failure, orderListHash, tradeCount, metrics } = report;
  return {
    failure,
    orderListHash,
    tradeCount,
    metrics: Object.fromEntries(ids.map((id) => [id, metrics.find((metric) => metric.id === id)?.value])),
  };
}
