import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { Health, Report } from '@quarry/contracts';
import { queueRun, StrategyVersionEntity } from '@quarry/platform/database';
import { SmallDisk } from '@quarry/platform/embedded';
import { busyChild, gone } from './testing/child-processes.js';
import { crossover, endlessStrategy, slowStrategy } from './testing/strategies.js';
import { TestCluster } from './testing/test-worker.js';

let cluster: TestCluster;
let worker: INestApplication;
let sp500: { datasetId: string; version: string };

beforeAll(async () => {
  cluster = await TestCluster.start();
  worker = await cluster.worker();
  sp500 = await cluster.dataset('sp500');
}, 120_000);

afterAll(() => cluster.stop(), 30_000);

async function reportOf(runId: string): Promise<Report> {
  return Report.parse(JSON.parse(String(await cluster.artifact(runId, 'report.json'))));
}

test('a strategy on real data becomes a report with its artifacts, and the events tell its way', async () => {
  const strategy = await cluster.strategy(crossover);
  const id = await cluster.backtest(strategy, sp500, { params: { fast: 12 } });
  const run = await cluster.ended(id);
  const report = await reportOf(id);
  expect([run.failure, report.failure, run.state, run.manifestHash, run.orderListHash]).toEqual([
    null,
    null,
    'succeeded',
    report.manifestHash,
    report.orderListHash,
  ]);
  expect([report.manifest?.strategy, report.manifest?.data[0]?.version, report.manifest?.params['fast']]).toEqual([
    strategy.version,
    sp500.version,
    12,
  ]);
  expect(Object.keys(run.headline ?? {}).sort()).toEqual(['maxDrawdown', 'sharpe', 'totalReturn', 'trades']);
  expect((await cluster.events(id)).states).toEqual(['queued', 'running', 'succeeded']);
  const names = (await cluster.artifactsOf(id)).map((artifact) => artifact.name);
  expect(names).toEqual(
    expect.arrayContaining([
      'chart.arrow',
      'chart.json',
      'equity.parquet',
      'fills.parquet',
      'orders.parquet',
      'report.html',
      'report.json',
      'trades.csv',
      'trades.parquet',
    ]),
  );
}, 60_000);

test('an equal run is answered from the earlier one, and says so; a fresh one is computed, bit for bit the same', async () => {
  const strategy = await cluster.strategy(`${crossover}\n// cached`);
  await cluster.ended(strategy.checkRunId);
  const first = await cluster.ended(await cluster.backtest(strategy, sp500));
  const equal = await cluster.ended(await cluster.backtest(strategy, sp500, { params: { slow: 30 } }));
  const fresh = await cluster.ended(await cluster.backtest(strategy, sp500, {}, true));
  const other = await cluster.ended(await cluster.backtest(strategy, sp500, { params: { slow: 40 } }));
  expect([equal.reusedFrom, fresh.reusedFrom, other.reusedFrom]).toEqual([first.id, null, null]);
  expect([equal.orderListHash, fresh.orderListHash, fresh.manifestHash]).toEqual([
    first.orderListHash,
    first.orderListHash,
    first.manifestHash,
  ]);
  expect(await cluster.artifactsOf(equal.id)).toEqual(await cluster.artifactsOf(first.id));
}, 60_000);

test('a report whose bytes are gone from the store is computed again', async () => {
  const strategy = await cluster.strategy(crossover);
  const options = { params: { fast: 13 } };
  const first = await cluster.ended(await cluster.backtest(strategy, sp500, options));
  const prefix = `teams/${cluster.team}/runs/${first.id}/`;
  await Promise.all((await cluster.artifacts.list(prefix)).map(({ key }) => cluster.artifacts.remove(key)));
  const again = await cluster.ended(await cluster.backtest(strategy, sp500, options));
  expect([again.state, again.reusedFrom, (await reportOf(again.id)).failure]).toEqual(['succeeded', null, null]);
});

test('a worker whose folder of attempts was removed makes it anew', async () => {
  await rm(join(cluster.folder, 'attempts'), { recursive: true, force: true });
  const strategy = await cluster.strategy(crossover);
  const run = await cluster.ended(await cluster.backtest(strategy, sp500, { params: { fast: 14 } }));
  expect([run.failure, run.state]).toEqual([null, 'succeeded']);
});

describe('a check run', () => {
  async function checked(text: string) {
    const strategy = await cluster.strategy(text);
    const run = await cluster.ended(strategy.checkRunId);
    const version = await cluster.database.inTeam(cluster.team, (scope) =>
      scope.repository(StrategyVersionEntity).findOneByOrFail({ strategyId: strategy.strategyId }),
    );
    return { run, report: version.checkReport };
  }

  test('writes the declared parameters beside the version', async () => {
    const { run, report } = await checked(`${crossover}\n// checked`);
    expect([run.state, report?.name, Object.keys(report?.params ?? {})]).toEqual([
      'succeeded',
      'SMA crossover',
      ['fast', 'slow'],
    ]);
  }, 30_000);

  test('of a file that does not compile fails with the line, and the worker lives on', async () => {
    const { run, report } = await checked(`${crossover}\nconst wrong: number = 'text';`);
    expect([run.state, run.failure?.code]).toEqual(['failed', 'does-not-compile']);
    expect(report?.diagnostics[0]).toMatchObject({ file: 'strategy.ts', line: 12, severity: 'error' });
  }, 30_000);
});

test.each([
  ['throws', `throw new Error('my own fault');`, 'threw', 'my own fault'],
  ['imports the file system', `void import('fs');`, 'does-not-compile', 'import'],
])(
  'a strategy that %s is a failed run with code and place, with no second attempt',
  async (_, statement, code, words) => {
    const text = crossover.replace('if (crossedAbove', `${statement}\n    if (crossedAbove`);
    const id = await cluster.backtest(await cluster.strategy(text), sp500);
    const run = await cluster.ended(id);
    expect([run.state, run.failure?.code, run.failure?.message, (await cluster.attempts(id)).length]).toEqual([
      'failed',
      code,
      expect.stringContaining(words),
      1,
    ]);
    expect([run.failure?.position?.file, run.failure?.position?.line]).toEqual(['strategy.ts', 8]);
    expect((await reportOf(id)).failure).toEqual(run.failure);
  },
  30_000,
);

test('SQL over a dataset is answered as Arrow, from the version that the run names', async () => {
  const work = {
    kind: 'query',
    datasetId: sp500.datasetId,
    sql: 'SELECT max(close) AS top FROM bars',
    rows: 10,
  } as const;
  const id = await cluster.database.inTeam(cluster.team, (scope) =>
    queueRun(scope, { work, createdBy: null, datasetId: sp500.datasetId, datasetVersion: sp500.version }),
  );
  const run = await cluster.ended(id ?? '');
  expect([run.failure, run.state, run.headline]).toEqual([null, 'succeeded', { rows: 1, columns: 1, cut: 'no' }]);
  expect((await cluster.artifactsOf(run.id)).map(({ name }) => name)).toEqual(['answer.arrow']);
}, 60_000);

test('SAFETY bar 10: a running run is cancelled within 2 s, its child is gone, no artifact is left', async () => {
  const id = await cluster.backtest(await cluster.strategy(endlessStrategy), sp500);
  const child = await busyChild();
  const start = performance.now();
  await cluster.cancel(id);
  const state = (await cluster.run(id)).state;
  await gone(child);
  expect([state, performance.now() - start < 2_000]).toEqual(['cancelled', true]);
  expect([await cluster.artifactsOf(id), await cluster.shelved(id)]).toEqual([[], 0]);
  expect((await cluster.events(id)).states).toEqual(['queued', 'running', 'cancelled']);
}, 30_000);

test('issue 2, done when 6: a child that is killed in the middle of a run is tried again, and the run finishes once', async () => {
  const id = await cluster.backtest(await cluster.strategy(slowStrategy), sp500);
  process.kill(await busyChild(), 'SIGKILL');
  const run = await cluster.ended(id);
  expect([run.failure, run.state, (await cluster.events(id)).states]).toEqual([
    null,
    'succeeded',
    ['queued', 'running', 'succeeded'],
  ]);
}, 60_000);

test('a worker that goes down hands back what it runs, and another finishes it as a second attempt', async () => {
  const id = await cluster.backtest(await cluster.strategy(`${slowStrategy}\n// handed back`), sp500);
  await busyChild();
  await cluster.close(worker);
  worker = await cluster.worker();
  const run = await cluster.ended(id);
  expect([run.state, (await cluster.attempts(id)).map(({ attempt, worker: by }) => [attempt, by])]).toEqual([
    'succeeded',
    [
      [1, 'spec 1'],
      [2, 'spec 2'],
    ],
  ]);
  expect((await cluster.events(id)).states).toEqual(['queued', 'running', 'queued', 'running', 'succeeded']);
}, 60_000);

test('health tells which wall stands, metrics what was counted', async () => {
  const url = await worker.getUrl();
  const health = Health.parse(await (await fetch(`${url}/health`)).json());
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect([health.status, health.parts['runner']?.detail]).toEqual([
    'ok',
    expect.stringMatching(/^wall: (full|permission|none) \(/),
  ]);
  expect(metrics).toMatch(/^quarry_lanes 2$/m);
  expect(metrics).toMatch(/^quarry_attempts_ended_total\{kind="backtest",ending="succeeded"\} 1$/m);
});

(SmallDisk.canBeMade() ? test : test.skip).each(['attempts', 'artifacts'])(
  'a slice whose worker finds the disk of its %s full waits for room, leaves nothing, and then succeeds',
  async (name) => {
    const strategy = await cluster.strategy(`${crossover}\n// ${name}`);
    await cluster.ended(strategy.checkRunId);
    const folder = join(cluster.folder, name);
    const disk = SmallDisk.over(folder, 16_384);
    try {
      const id = await cluster.backtest(strategy, sp500, {}, true);
      const rests = (): Promise<unknown[]> =>
        cluster.database.inTeam(cluster.team, (scope) =>
          scope.rows(
            `SELECT 1 FROM slice WHERE run_id = $1 AND recoveries < 0 AND lease_until > now() + interval '12 seconds'`,
            [id],
          ),
        );
      while ((await rests()).length === 0) await pause(50);
      const left = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
      const { state } = await cluster.run(id);
      disk.grow(64 * 1_048_576);
      // Time passes.
      await cluster.database.inTeam(cluster.team, (scope) =>
        scope.rows('UPDATE slice SET lease_until = now() WHERE run_id = $1', [id]),
      );
      const run = await cluster.ended(id);
      expect([state, left, run.state, (await cluster.attempts(id)).length]).toEqual(['running', [], 'succeeded', 2]);
      expect((await cluster.shelved(id)) - (await cluster.artifactsOf(id)).length).toBe(0);
    } finally {
      disk.remove();
    }
  },
  60_000,
);
