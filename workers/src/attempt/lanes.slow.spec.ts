import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Database } from '@quarry/platform/database';
import type { Dispatch, RunQueue } from '@quarry/platform/queue';
import { pino } from 'pino';
import { TestCluster } from '../testing/test-worker.js';
import type { Attempt } from '../work/attempt.js';
import { Lanes, type Works } from './lanes.js';
import { WorkerMetrics } from './metrics.js';
import { WallRule } from './wall-rule.js';

let cluster: TestCluster;
let database: Database;

beforeAll(async () => {
  cluster = await TestCluster.start();
  database = await Database.connect(cluster.workerUrl, { applicationName: 'worker' });
}, 60_000);

afterAll(async () => {
  await database.close();
  await cluster.stop();
});

test('SAFETY bar 25: a slice that comes to a worker whose patience is over is handed back at once', async () => {
  const { checkRunId: runId } = await cluster.strategy('export default 1;');
  const [slice] = await cluster.asWorker((scope) =>
    scope.rows<{ id: string }>('SELECT id FROM slice WHERE run_id = $1', [runId]),
  );
  const dispatch: Dispatch = { runId, sliceId: slice?.id ?? '', number: 1 };
  // Brings the dispatch long after the worker was asked to go.
  const queue = {
    consume: (_: number, handle: (dispatch: Dispatch) => Promise<void>) =>
      Promise.resolve({
        pause: () => Promise.resolve(),
        resume: () => undefined,
        drain: async () => {
          await new Promise((resolve) => setTimeout(resolve, 100));
          await handle(dispatch);
        },
      }),
  } as unknown as RunQueue;
  const untilBrokenOff = ({ hooks: { signal } }: Attempt): Promise<never> =>
    new Promise((_, reject) => {
      if (signal?.aborted) reject(signal.reason as Error);
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
    });
  const lanes = new Lanes(
    {
      ...{ database, queue, artifacts: cluster.artifacts, metrics: new WorkerMetrics() },
      ...{ wallRule: new WallRule(database, 'full', null), log: pino({ level: 'silent' }) },
    },
    { lanes: 1, leaseMs: 3_000, worker: 'spec', directory: `${cluster.folder}/attempts`, drainMs: 10 },
    { check: untilBrokenOff } as unknown as Works,
  );
  await lanes.start();
  await lanes.close();
  expect(await cluster.slices(runId)).toEqual([
    { index: 0, stage: 'begin', state: 'queued', attempt: 1, recoveries: 0 },
  ]);
}, 20_000);
