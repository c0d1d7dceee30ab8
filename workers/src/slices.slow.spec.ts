import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  BacktestOptions,
  CrossValidationPlan,
  MonteCarloOptions,
  type ProofReport,
  pathBands,
  SearchOptions,
  SweepReport,
  WalkForwardPlanGiven,
} from '@quarry/contracts';
import {
  acceptVersion,
  DatasetVersionEntity,
  proposeVersion,
  retryRun,
  runEventsAfter,
  StrategyEntity,
} from '@quarry/platform/database';
import { createRunner, openDataset, type LocalDataset, type Runner } from '@quarry/runner';
import { busyChild, gone } from './testing/child-processes.js';
import { crossover, endlessStrategy } from './testing/strategies.js';
import { TestCluster } from './testing/test-worker.js';

let cluster: TestCluster;
let sp500: { datasetId: string; version: string };
let strategy: { strategyId: string; version: string };
/** What the cluster is held against: the same work on one machine, in one piece. */
let runner: Runner;
let job: { source: { entry: string; files: Record<string, string> }; strategyName: string; dataset: LocalDataset };
let folder: string;

/** One that breaks where the fast average is as long as the slow one. */
const text = crossover
  .replace(
    'init: ({ bars, params }) => (',
    `init: ({ bars, params }) => {
    if (params.fast === params.slow) throw new Error('nothing can cross');
    return (`,
  )
  .replace('params.slow) }),', 'params.slow) });\n  },');
const options = { from: '2017-06-01', to: '2018-06-01' };

beforeAll(async () => {
  cluster = await TestCluster.start();
  await cluster.worker();
  sp500 = await cluster.dataset('sp500');
  strategy = await cluster.strategy(text);
  folder = await mkdtemp(join(tmpdir(), 'quarry-slices-'));
  runner = await createRunner({
    directory: join(folder, 'runner'),
    limits: { wallMs: 60_000, memoryMb: 256, resultBytes: 8_388_608 },
    wallMin: 'none',
  });
  const { name } = await cluster.database.inTeam(cluster.team, (scope) =>
    scope.repository(StrategyEntity).findOneByOrFail({ id: strategy.strategyId }),
  );
  const source = { entry: 'strategy.ts', files: { 'strategy.ts': text } };
  const dataset = await openDataset('sp500', join(folder, 'datasets'));
  if ('code' in dataset) throw new Error(dataset.message);
  job = { source, strategyName: name, dataset };
}, 120_000);

afterAll(async () => {
  await cluster.stop();
  await runner.close();
  await rm(folder, { recursive: true, force: true });
}, 30_000);

/** A report but for where and how fast it was made. */
function answer(json: string | Buffer): object {
  const { environment: _, ...report } = JSON.parse(String(json)) as Record<string, unknown>;
  return report;
}

async function ended(asked: Parameters<TestCluster['submit']>[2]): Promise<string> {
  const run = await cluster.ended(await cluster.submit(strategy, sp500, { options, ...asked }), 120_000);
  if (run.state !== 'succeeded') throw new Error(`The ${run.kind} is ${run.state}: ${run.failure?.message}`);
  return run.id;
}

describe('a sweep', () => {
  const search = { method: 'random', trials: 390, ranges: { fast: range(2, 40), slow: range(5, 60) } };

  test('in 1, 2 and 7 slices has the report and the table of trials that one machine makes in one piece, bit for bit', async () => {
    const here = await runner.sweep({
      ...job,
      options: BacktestOptions.parse(options),
      search: SearchOptions.parse(search),
    });
    if ('code' in here) throw new Error(here.message);
    await here.writeArtifacts(join(folder, 'sweep'));
    const wanted = [answer(JSON.stringify(here.report)), await readFile(join(folder, 'sweep', 'trials.parquet'))];
    for (const slices of [1, 2, 7]) {
      const id = await ended({ kind: 'sweep', search, slices });
      const stages = (await cluster.slices(id)).map(({ stage }) => stage);
      expect(stages.filter((stage) => stage === 'part').length).toBe(slices === 1 ? 0 : slices);
      expect([answer(await cluster.artifact(id, 'report.json')), await cluster.artifact(id, 'trials.parquet')]).toEqual(
        wanted,
      );
    }
    expect(here.report.failed).toBeGreaterThan(0);
  }, 180_000);

  test('whose parts were found by another engine has them run again, before it is folded to the same answer', async () => {
    const few = { ...search, trials: 130 };
    const id = await cluster.submit(strategy, sp500, { kind: 'sweep', options, search: few, slices: 3 });
    await cluster.slicesReach(id, (slices) =>
      slices.some(({ stage, state }) => stage === 'part' && state === 'succeeded'),
    );
    const changed = await cluster.asWorker((scope) =>
      scope.rows(`UPDATE slice SET engine_hash = 'older' WHERE run_id = $1 AND engine_hash IS NOT NULL RETURNING id`, [
        id,
      ]),
    );
    await cluster.ended(id);
    const slices = await cluster.slices(id);
    const whole = await ended({ kind: 'sweep', search: few, slices: 1 });
    expect([
      slices.filter(({ stage, attempt }) => stage === 'part' && attempt === 2).length,
      slices.map(({ stage }) => stage),
      answer(await cluster.artifact(id, 'report.json')),
    ]).toEqual([
      changed.length,
      ['begin', 'part', 'part', 'part', 'fold', 'fold'],
      answer(await cluster.artifact(whole, 'report.json')),
    ]);
  }, 180_000);

  test('tells of every trial and of the best so far while it goes, and ends with all of them counted', async () => {
    const progress: { done: number; total: number; best: { value: unknown } | null }[] = [];
    const listener = cluster.database.listen(['quarry_progress'], (_, payload) => {
      const event = JSON.parse(payload.slice(payload.indexOf(' ') + 1)) as { slices?: (typeof progress)[number] };
      if (event.slices) progress.push(event.slices);
    });
    const id = await ended({ kind: 'sweep', search: { ...search, trials: 130 }, slices: 3 });
    await listener.close();
    const report = SweepReport.parse(JSON.parse(String(await cluster.artifact(id, 'report.json'))));
    const best = report.trials.find(({ index }) => index === report.ranking[0]);
    const events = await cluster.database.inTeam(cluster.team, (scope) => runEventsAfter(scope, id, 0));
    const told = events.flatMap(({ body }) => (body.type === 'trials' ? body.trials : []));
    const distinct = new Set(report.trials.map(({ params }) => JSON.stringify(params)));
    expect(new Set(told.map(({ params }) => JSON.stringify(params)))).toEqual(distinct);
    expect(progress.every(({ done, total }) => done <= total && total === 130)).toBe(true);
    const [{ now } = { now: null }] = await cluster.database.inTeam(cluster.team, (scope) =>
      scope.rows<{ now: unknown }>('SELECT run_progress($1) AS now', [id]),
    );
    expect(now).toMatchObject({ done: 130, total: 130, best: { value: best?.value } });
  }, 180_000);

  test.each([
    { method: 'genetic', trials: 48, patience: null, cuts: [1, 2, 7], generations: 2 },
    { method: 'tpe', trials: 24, patience: null, cuts: [2], generations: 2 },
    { method: 'random', trials: 256, patience: 1, cuts: [2], generations: null },
  ])(
    'whose trials learn from earlier ones is cut generation by generation, to the same answer in $cuts slices: $method',
    async ({ generations, cuts, ...learning }) => {
      const asked = { ...search, ...learning };
      const family = `learning ${learning.method}`;
      const here = await runner.sweep({
        ...{ ...job, family },
        options: BacktestOptions.parse(options),
        search: SearchOptions.parse(asked),
      });
      if ('code' in here) throw new Error(here.message);
      for (const slices of cuts) {
        const id = await ended({ kind: 'sweep', search: asked, slices, family });
        const stages = (await cluster.slices(id)).map(({ stage }) => stage);
        const folds = stages.filter((stage) => stage === 'fold').length;
        if (slices === 1) expect(stages).toEqual(['begin']);
        else {
          expect(stages.filter((stage) => stage === 'part').length).toBeGreaterThan(folds);
          if (generations !== null) expect(folds).toBe(generations);
        }
        expect(answer(await cluster.artifact(id, 'report.json'))).toEqual(answer(JSON.stringify(here.report)));
      }
    },
    300_000,
  );

  test.each([
    [{ ranges: { quick: { kind: 'declared' } } }, 'There is no parameter "quick"'],
    [{ ranges: { fast: range(2, 100), slow: range(5, 400) }, trials: 50 }, 'The grid has'],
    [{ objective: 'sharp' }, 'There is no metric "sharp"'],
  ])('that cannot begin fails with a sentence: %j', async (wrong, words) => {
    const run = await cluster.ended(await cluster.submit(strategy, sp500, { kind: 'sweep', search: wrong }));
    expect([run.state, run.failure?.code, run.failure?.message]).toEqual([
      'failed',
      'bad-parameters',
      expect.stringContaining(words),
    ]);
  });

  test('SAFETY bar 28: of 200 slices is cancelled whole within 5 s, running children and waiting slices', async () => {
    const endless = await cluster.strategy(endlessStrategy);
    const many = { method: 'sobol', trials: 12_800 };
    const id = await cluster.submit(endless, sp500, { kind: 'sweep', search: many, slices: 200 });
    const child = await busyChild();
    const start = performance.now();
    await cluster.cancel(id);
    await gone(child);
    const took = performance.now() - start;
    const states = (await cluster.slices(id)).slice(1).map(({ state }) => state);
    expect([(await cluster.run(id)).state, new Set(states), states.length, took < 5_000]).toEqual([
      'cancelled',
      new Set(['cancelled']),
      200,
      true,
    ]);
  }, 60_000);
});

/** The bands of all paths that were told of while a run went. */
async function toldBands(id: string): Promise<ReturnType<typeof pathBands>> {
  const events = await cluster.database.inTeam(cluster.team, (scope) => runEventsAfter(scope, id, 0));
  const told = events.flatMap(({ body }) => (body.type === 'paths' ? [body] : []));
  const paths = told.flatMap((event) => event.paths);
  return pathBands(paths, told[0]?.steps ?? []);
}

describe('a Monte Carlo', () => {
  test.each(['synthetic-blocks', 'stress-jitter', 'trade-bootstrap'])(
    'of %s has in slices what one machine makes in one piece, bit for bit, and its bands are told of while it runs',
    async (method) => {
      const simulation = { method, paths: 150 };
      const id = await ended({ kind: 'monte-carlo', simulation, slices: 3 });
      const here = await runner.monteCarlo({
        run: { ...job, options: BacktestOptions.parse(options) },
        options: MonteCarloOptions.parse(simulation),
      });
      if ('code' in here) throw new Error(here.message);
      expect(answer(await cluster.artifact(id, 'report.json'))).toEqual(answer(JSON.stringify(here.report)));
      expect((await cluster.slices(id)).length).toBe(method === 'trade-bootstrap' ? 1 : 5);
      const told = await toldBands(id);
      const { steps = [], levels = [] } = here.report.runs?.bands ?? {};
      const at = steps.flatMap((step, i) => (told?.steps.includes(step) ? [i] : []));
      const wanted = levels.map((row) => at.map((i) => Number(row[i]!.toPrecision(5))));
      expect(told?.levels ?? []).toEqual(wanted);
      expect(at.length).toBe(method === 'trade-bootstrap' ? 0 : 32);
    },
    180_000,
  );
});

describe('a walk-forward', () => {
  const search = { method: 'sobol', trials: 64, ranges: { fast: range(2, 40), slow: range(45, 60) } };
  const long = { from: '2015-01-01', to: '2018-06-01' };

  test('in 1, 2 and 7 slices of whole folds has the report that one machine makes in one piece, but for what was tried before', async () => {
    const here = await runner.walkForward({
      ...job,
      options: BacktestOptions.parse(long),
      search: SearchOptions.parse(search),
      plan: WalkForwardPlanGiven.parse({}),
    });
    if ('code' in here) throw new Error(here.message);
    for (const slices of [1, 2, 7]) {
      const family = `walked in ${slices}`;
      const id = await ended({ kind: 'walk-forward', options: long, search, slices, family });
      const stages = (await cluster.slices(id)).map(({ stage }) => stage);
      expect(stages.filter((stage) => stage === 'part').length).toBe(slices === 1 ? 0 : slices);
      const { ledger } = here.report;
      expect(answer(await cluster.artifact(id, 'report.json'))).toEqual({
        ...answer(JSON.stringify(here.report)),
        ledger: { ...ledger, family },
      });
    }
  }, 300_000);
});

describe('a cross-validation', () => {
  const search = { method: 'random', trials: 140, ranges: { fast: range(2, 40), slow: range(45, 60) } };
  const plan = { groups: 4, testGroups: 1 };

  test('in 1, 2 and 7 slices, as far as it has blocks, has the report that one machine makes in one piece, its trials counted', async () => {
    const here = await runner.crossValidate({
      ...job,
      options: BacktestOptions.parse(options),
      search: SearchOptions.parse(search),
      plan: CrossValidationPlan.parse(plan),
    });
    if ('code' in here) throw new Error(here.message);
    for (const [slices, parts] of [
      [1, 0],
      [2, 2],
      [7, 3],
    ] as const) {
      const family = `validated in ${slices}`;
      const id = await ended({ kind: 'cross-validate', search, plan, slices, family });
      const stages = (await cluster.slices(id)).map(({ stage }) => stage);
      expect(stages.filter((stage) => stage === 'part').length).toBe(parts);
      const { ledger } = here.report;
      expect(answer(await cluster.artifact(id, 'report.json'))).toEqual({
        ...answer(JSON.stringify(here.report)),
        ledger: { ...ledger, family },
      });
    }
  }, 300_000);
});

test('a proof in slices has the report that one machine makes in one piece, its finding with the line', async () => {
  const dated = `import { defineStrategy } from '@quarry/engine';
export default defineStrategy({
  name: 'Dated',
  next({ date, buy }) {
    if (date === 20180315) buy();
  },
});
`;
  const { strategyId, version } = await cluster.strategy(dated);
  const source = { entry: 'strategy.ts', files: { 'strategy.ts': dated } };
  const parsed = BacktestOptions.parse(options);
  const here = await runner.prove({ source, dataset: job.dataset, options: parsed, cuts: 4, seed: 1, vintage: null });
  const id = await cluster.submit({ strategyId, version }, sp500, { kind: 'prove', options, cuts: 4, slices: 3 });
  await cluster.ended(id, 120_000);
  const { milliseconds: _, ...there } = answer(await cluster.artifact(id, 'report.json')) as ProofReport;
  expect((await cluster.slices(id)).map(({ stage }) => stage)).toEqual(['begin', 'part', 'part', 'part', 'fold']);
  expect({ ...there, milliseconds: here.milliseconds }).toEqual(here);
  expect(here.findings.map(({ method, position }) => [method, position?.line])).toEqual([['dates', 5]]);
}, 120_000);

test.each(['sweep', 'walk-forward', 'cross-validate'] as const)(
  'a %s that is cancelled under way has counted the trials that had ended',
  async (kind) => {
    const family = `cancelled ${kind}`;
    const search = { method: 'sobol', trials: 20_000, ranges: { fast: range(2, 40), slow: range(45, 60) } };
    const id = await cluster.submit(strategy, sp500, { kind, options, search, slices: 1, family });
    await new Promise<void>((resolve) => {
      const listener = cluster.database.listen(['quarry_progress'], (_, payload) => {
        const { phase, done } = JSON.parse(payload.slice(payload.indexOf(' ') + 1)) as { phase: string; done: number };
        if (!payload.startsWith(id) || phase !== 'run' || done === 0) return;
        void listener.close().then(resolve);
      });
    });
    await cluster.cancel(id);
    let trials = 0;
    while (trials === 0) {
      [{ trials } = { trials: 0 }] = await cluster.database.inTeam(cluster.team, (scope) =>
        scope.rows<{ trials: number }>('SELECT count(*)::int AS trials FROM trial WHERE family = $1', [family]),
      );
    }
    expect((await cluster.run(id)).state).toBe('cancelled');
  },
  60_000,
);

test('a run that is not over by its deadline is ended with a word of its own, its child too, and tried again without one', async () => {
  const endless = await cluster.strategy(`${endlessStrategy}\n// late`);
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  const id = await cluster.submit(endless, sp500, { kind: 'backtest', deadline: tomorrow });
  const child = await busyChild();
  const [late] = await cluster.database.inTeam(cluster.team, (scope) =>
    scope.rows<{ deadline: Date }>('UPDATE run SET deadline = now() WHERE id = $1 RETURNING deadline', [id]),
  );
  const { state, failure } = await cluster.ended(id);
  await gone(child);
  expect([state, failure?.code, failure?.message]).toEqual([
    'failed',
    'past-deadline',
    `The run was still running at its deadline, ${late?.deadline.toISOString() ?? ''}, and was ended. Retry it without one, or start it with more time or a higher priority.`,
  ]);
  await cluster.database.inTeam(cluster.team, (scope) => retryRun(scope, id));
  await cluster.reaches(id, (run) => run.state === 'running');
  await cluster.cancel(id);
}, 180_000);

test('SAFETY bar 48: a run that is retried after its dataset version was deleted ends with a sentence that names the version', async () => {
  const mine = await cluster.dataset('sp500');
  const asked = { kind: 'prove', options: { symbol: 'nothing of this name' }, cuts: 1 } as const;
  const id = await cluster.submit(strategy, mine, asked);
  await cluster.ended(id);
  await cluster.loseVersion(mine);
  await cluster.database.inTeam(cluster.team, (scope) => retryRun(scope, id));
  const { state, failure } = await cluster.ended(id);
  expect([state, failure?.code, failure?.message]).toEqual([
    'failed',
    'no-such-dataset',
    `Version ${mine.version.slice(0, 12)} of dataset "sp500" was deleted, and its bars are gone. Start a new run, over a version that is there.`,
  ]);
}, 180_000);

test('SAFETY bar 48: a sweep whose dataset is replaced and deleted between its slices finds what it would have found', async () => {
  const mine = await cluster.dataset('sp500');
  const search = { method: 'random', trials: 130, ranges: { fast: range(2, 40), slow: range(5, 60) } };
  const asked = { kind: 'sweep', options, search } as const;
  const id = await cluster.submit(strategy, mine, { ...asked, slices: 3 });
  await cluster.slicesReach(id, (slices) => slices.some(({ stage, state }) => stage === 'part' && state !== 'queued'));
  await cluster.asWorker(async (scope) => {
    const { datasetId, version: hash } = mine;
    const { info } = await scope.repository(DatasetVersionEntity).findOneByOrFail({ datasetId, hash });
    const origin = { runId: id, from: 'other.csv', options: { name: 'other' }, createdBy: null };
    const other = { ...info, version: 'f'.repeat(64) };
    await proposeVersion(scope, { datasetId, info: other, files: [], origin });
    await acceptVersion(scope, datasetId, other.version);
    await scope.rows('UPDATE dataset_version SET deleted_at = now() WHERE dataset_id = $1 AND hash = $2', [
      datasetId,
      hash,
    ]);
  });
  const unended = (await cluster.slices(id)).filter(({ state }) => state !== 'succeeded').length;
  expect([(await cluster.ended(id)).failure, unended > 0]).toEqual([null, true]);
  const undisturbed = await ended({ kind: 'sweep', search, slices: 1 });
  const report = await cluster.artifact(id, 'report.json');
  expect(answer(report)).toEqual(answer(await cluster.artifact(undisturbed, 'report.json')));
  expect(SweepReport.parse(JSON.parse(String(report))).base.data.map(({ version }) => version)).toEqual([mine.version]);
}, 180_000);

test('every trial of a strategy is counted once, whatever kind of run tried it: the next sweep is deflated by all', async () => {
  const other = await cluster.strategy(`${crossover}\n// counted`);
  const options = { from: '2020-01-01' };
  const search = { ranges: { fast: { kind: 'values', values: [5, 10, 15] } } };
  await cluster.ended(await cluster.backtest(other, sp500, { ...options, params: { fast: 10 } }));
  await cluster.ended(await cluster.backtest(other, sp500, { ...options, params: { fast: 20 } }));
  const id = await cluster.submit(other, sp500, { kind: 'sweep', options, search });
  await cluster.ended(id);
  const report = SweepReport.parse(JSON.parse(String(await cluster.artifact(id, 'report.json'))));
  expect([report.trialCount, report.luck?.trials]).toEqual([3, 4]);
}, 60_000);

function range(min: number, max: number): object {
  return { kind: 'range', min, max, step: 1, scale: 'linear' };
}
