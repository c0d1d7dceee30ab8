import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTemporaryPostgres, type EmbeddedPostgres } from '@quarry/platform/embedded';
import { migratePostgresQueue, openRunQueue, type Consumer, type RunQueue } from '@quarry/platform/queue';
import { claimSlice } from '../claim.js';
import { Database } from '../database.js';
import { Dispatcher } from '../dispatcher.js';
import { finishRun } from '../finish-run.js';
import { migrate } from '../migrate.js';
import { queueRun } from '../queue-run.js';
import { roleUrl } from '../roles.js';
import { beat } from './worker-registry.js';

/** Lanes that sleep in place of a run, over the real database and queue, with two processes' worth of dispatchers. */
let server: EmbeddedPostgres;
let api: Database;
let worker: Database;
let queue: RunQueue;
let dispatchers: Dispatcher[];
let lanes: Consumer;
let heart: NodeJS.Timeout;
const lengths = new Map<string, number>();

const report = {
  ...{ id: randomUUID(), name: 'spec', host: 'spec', pid: 1, version: '0', engineHash: '', lanes: 2, busy: 0 },
  ...{ wall: 'full', refusal: null, memoryBytes: 0, leaving: false },
};

beforeAll(async () => {
  server = await startTemporaryPostgres();
  await migrate(server.ownerUrl, server.passwords);
  await migratePostgresQueue(server.ownerUrl, ['quarry_app', 'quarry_worker']);
  api = await Database.connect(roleUrl(server.ownerUrl, 'quarry_app', server.passwords.app), {
    applicationName: 'api',
  });
  const databaseUrl = roleUrl(server.ownerUrl, 'quarry_worker', server.passwords.worker);
  worker = await Database.connect(databaseUrl, { applicationName: 'worker' });
  queue = openRunQueue({ redisUrl: null, databaseUrl, lockMs: 5_000, stalledMs: 2_500 }, () => undefined);
  dispatchers = [api, worker].map((database) => new Dispatcher(database, queue, { onError: () => undefined }));
  await beat(worker, report);
  heart = setInterval(() => void beat(worker, report), 1_000);
  lanes = await queue.consume(report.lanes, async ({ sliceId }) => {
    const claim = await claimSlice(worker, sliceId, { worker: 'spec', leaseMs: 60_000 });
    if (!claim) return;
    await pause(lengths.get(claim.teamId));
    await finishRun(worker, claim, { failure: null, artifacts: [] });
  });
}, 60_000);

afterAll(async () => {
  clearInterval(heart);
  await Promise.all(dispatchers.map((dispatcher) => dispatcher.close()));
  await lanes.drain();
  await queue.close();
  await api.close();
  await worker.close();
  await server.stop();
}, 30_000);

/** A team whose slices take so long, milliseconds. */
async function team(sliceMs: number): Promise<string> {
  const id = randomUUID();
  await api.asStranger(async (stranger) => {
    const scope = await stranger.enter(id);
    await scope.rows(`INSERT INTO team (id, name) VALUES ($1, 'spec')`, [id]);
  });
  lengths.set(id, sliceMs);
  return id;
}

async function queued(teamId: string): Promise<string> {
  const work = { kind: 'check', strategyVersion: 'a'.repeat(64) } as const;
  return (await api.inTeam(teamId, (scope) => queueRun(scope, { work, createdBy: null }))) ?? '';
}

/** Many runs of one slice at once, as the API writes them. */
async function flood(teamId: string, count: number): Promise<void> {
  await api.inTeam(teamId, (scope) =>
    scope.rows(
      `WITH made AS (
         INSERT INTO run (id, team_id, kind, work) SELECT gen_random_uuid(), $1, 'check', '{"kind":"check"}'
         FROM generate_series(1, $2) RETURNING id)
       INSERT INTO slice (team_id, run_id, index) SELECT $1, id, 0 FROM made`,
      [teamId, count],
    ),
  );
}

/** Milliseconds from submission until the run has succeeded. */
async function latency(teamId: string): Promise<number> {
  const submitted = performance.now();
  const id = await queued(teamId);
  for (;;) {
    const [run] = await api.inTeam(teamId, (scope) =>
      scope.rows<{ state: string }>('SELECT state FROM run WHERE id = $1', [id]),
    );
    if (run?.state === 'succeeded') return performance.now() - submitted;
    await pause(2);
  }
}

async function medianLatency(teamId: string): Promise<number> {
  const three = [await latency(teamId), await latency(teamId), await latency(teamId)];
  return three.toSorted((a, b) => a - b)[1] ?? NaN;
}

/** Worker-seconds of a team, those of running slices up to now. */
async function used(teamId: string): Promise<number> {
  const [row] = await api.asRelay((rows) =>
    rows<{ seconds: number }>(
      `SELECT coalesce(sum(extract(epoch FROM coalesce(ended_at, clock_timestamp()) - started_at)), 0)::float8 AS seconds
       FROM slice_attempt WHERE team_id = $1`,
      [teamId],
    ),
  );
  return row?.seconds ?? 0;
}

/** Takes the team's waiting slices away and waits until the lanes are free. */
async function end(...teams: readonly string[]): Promise<void> {
  for (const id of teams) {
    await api.inTeam(id, (scope) => scope.rows(`UPDATE slice SET state = 'cancelled' WHERE state = 'queued'`));
  }
  const busy = (): Promise<unknown[]> => api.asRelay((rows) => rows(`SELECT id FROM slice WHERE state = 'running'`));
  while ((await busy()).length > 0) await pause(20);
}

test('long and short slices of two teams get 50 ± 5 % of the worker-seconds each while both wait', async () => {
  const long = await team(340);
  const short = await team(10);
  await Promise.all([flood(long, 200), flood(short, 5_000)]);
  while ((await used(short)) === 0 || (await used(long)) === 0) await pause(10);
  const before = { long: await used(long), short: await used(short) };
  const since = async () => ({ long: (await used(long)) - before.long, short: (await used(short)) - before.short });
  while ((await since()).long < 7) await pause(100);
  const had = await since();
  await end(long, short);
  expect(Math.abs(had.long / (had.long + had.short) - 0.5)).toBeLessThan(0.05);
}, 60_000);

test('SAFETY bar 29: behind 10,000 slices of another team, one starts within 10 s and ends within twice its idle latency', async () => {
  const many = await team(200);
  const one = await team(200);
  const idle = await medianLatency(one);
  await flood(many, 10_000);
  while ((await api.asRelay((rows) => rows(`SELECT id FROM slice WHERE state = 'running'`))).length < 2)
    await pause(10);
  const behind = await medianLatency(one);
  await end(many);
  expect([behind < 2 * idle, behind < 10_000]).toEqual([true, true]);
}, 60_000);

test('while the cluster is paused nothing starts, and what waits starts when it goes on', async () => {
  const waiting = await team(1);
  const setPaused = (paused: boolean): Promise<unknown> =>
    api.asRelay(async (rows) => {
      await rows('UPDATE cluster SET paused = $1', [paused]);
      await rows(`SELECT pg_notify('quarry_cluster', '')`);
    });
  await setPaused(true);
  const id = await queued(waiting);
  await pause(1_500);
  const state = (): Promise<{ state: string }[]> =>
    api.inTeam(waiting, (scope) => scope.rows<{ state: string }>('SELECT state FROM run WHERE id = $1', [id]));
  const [meanwhile] = await state();
  await setPaused(false);
  while ((await state())[0]?.state !== 'succeeded') await pause(10);
  expect(meanwhile?.state).toBe('queued');
}, 30_000);
