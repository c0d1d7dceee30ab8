import { beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  Cluster,
  ClusterSlice,
  DeadLetter,
  waitingCodes,
  type AuditEvent,
  type Health,
  type NewApiToken,
  type Problem,
  type Run,
} from '@quarry/contracts';
import { beat, claimSlice, Database, setSlicesPerTeam, signOff } from '@quarry/platform/database';
import { z } from 'zod';
import { json, status } from '../testing/desk.js';
import { specDesk } from '../testing/spec-desk.js';
import type { Person } from '../testing/test-api.js';

const here = specDesk();
let operator: Person;

beforeAll(async () => {
  operator = await here.api.person('admin');
  const owner = await Database.connect(here.api.server.ownerUrl, { applicationName: 'owner', poolSize: 1 });
  await owner.asStranger((stranger) =>
    stranger.rows('UPDATE team SET runs_cluster = true WHERE id = $1', [operator.team]),
  );
  await owner.close();
}, 30_000);

const worker = {
  ...{ id: randomUUID(), name: 'spec:1', host: 'spec', pid: 1, version: '0', engineHash: '', lanes: 2, busy: 0 },
  ...{ wall: 'full', refusal: null, memoryBytes: 1, leaving: false },
};

function ask(method: string, path: string, body?: unknown): Promise<Response> {
  return here.api.ask(method, path, { cookie: operator.cookie, ...(body === undefined ? {} : { body }) });
}

async function picture(): Promise<Cluster> {
  return Cluster.parse(await json(ask('GET', '/api/cluster')));
}

async function reasonOf(run: Run): Promise<string | undefined> {
  const shown = await json<Run>(here.desk.ask('GET', `/api/runs/${run.id}`));
  return shown.waiting?.code;
}

test('a run says why it waits: no worker, the pause, the limit of its team', async () => {
  const run = await here.desk.run();
  const alone = await reasonOf(run);
  await beat(here.api.worker, worker);
  await ask('PUT', '/api/cluster/pause', { paused: true });
  const paused = await reasonOf(run);
  await ask('PUT', '/api/cluster/pause', { paused: false });
  await ask('PUT', `/api/cluster/shares/${here.desk.person.team}`, { weight: 1, concurrentSlices: 0 });
  // What was let in before the limit is the next to be taken.
  const second = await here.desk.run();
  const limited = await reasonOf(second);
  await ask('PUT', `/api/cluster/shares/${here.desk.person.team}`, { weight: 1, concurrentSlices: null });
  expect([alone, paused, limited]).toEqual(['no-worker', 'paused', 'team-limit']);
  expect(waitingCodes).toContain(await reasonOf(second));
});

test('no team has more slices at once than whoever runs Quarry allows', async () => {
  await beat(here.api.worker, worker);
  await here.api.worker.asRelay((rows) => setSlicesPerTeam(rows, 0));
  const limited = await reasonOf(await here.desk.run());
  await here.api.worker.asRelay((rows) => setSlicesPerTeam(rows, 1_000));
  expect(limited).toBe('team-limit');
});

test('the cluster is shown as its contract says: queues, workers, shares, slices with their reasons', async () => {
  const run = await here.desk.run();
  await beat(here.api.worker, worker);
  const { queues, workers, shares } = await picture();
  const slices = z.array(ClusterSlice).parse(await json(ask('GET', '/api/cluster/slices')));
  expect([queues.map(({ kind }) => kind), workers.map(({ name, state }) => [name, state])]).toEqual([
    expect.arrayContaining(['backtest', 'check', 'ingest']),
    [['spec:1', 'taking']],
  ]);
  expect(shares.some(({ teamId, waiting }) => teamId === here.desk.person.team && waiting > 0)).toBe(true);
  expect(slices.find(({ runId }) => runId === run.id)).toMatchObject({ kind: 'backtest', state: 'queued' });
});

test('a worker is drained and taken back by word of the database, and one that is not there is told', async () => {
  const draining = async (): Promise<boolean> => (await beat(here.api.worker, worker)).draining;
  await ask('PUT', `/api/cluster/workers/${worker.id}/draining`, { draining: true });
  const drained = await draining();
  const state = (await picture()).workers[0]?.state;
  await ask('PUT', `/api/cluster/workers/${worker.id}/draining`, { draining: false });
  expect([drained, state, await draining()]).toEqual([true, 'draining', false]);
  const problem = await json<Problem>(ask('PUT', `/api/cluster/workers/${randomUUID()}/draining`, { draining: true }));
  expect([problem.status, problem.detail]).toEqual([404, expect.stringContaining('There is no worker')]);
});

test('bounds of the workers are kept, and refused where the least is more than the most', async () => {
  await ask('PUT', '/api/cluster/scaling', { min: 2, max: 5 });
  const refused = await json<Problem>(ask('PUT', '/api/cluster/scaling', { min: 5, max: 2 }));
  expect([(await picture()).scaling, refused.status, refused.detail]).toEqual([
    { min: 2, max: 5, wanted: expect.any(Number) },
    400,
    'max: is below min',
  ]);
});

test('a run whose worker was lost three times is a dead letter, with its reason, and what failed of it can be queued once more', async () => {
  const run = await here.desk.run();
  const { sliceId } = await here.desk.claimOf(run.id);
  const lose = (): Promise<unknown> =>
    here.api.worker.inTeam(here.desk.person.team, (scope) =>
      scope.rows(`UPDATE slice SET lease_until = now(), recoveries = 2 WHERE id = $1 AND state = 'running'`, [sliceId]),
    );
  await lose();
  const letters = async (): Promise<DeadLetter[]> =>
    z.array(DeadLetter).parse(await json(ask('GET', '/api/cluster/dead-letters')));
  while ((await letters()).length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await letters()).toMatchObject([{ runId: run.id, kind: 'backtest', code: 'poisoned' }]);

  const again = await json<Run>(ask('POST', `/api/cluster/dead-letters/${run.id}/retry`));
  const shown = await json<Run>(here.desk.ask('GET', `/api/runs/${again.id}`));
  expect([shown.id, shown.state, shown.failure, await letters()]).toEqual([run.id, 'queued', null, []]);
  expect(await claimSlice(here.api.worker, sliceId, { worker: 'spec', leaseMs: 1_000 })).toMatchObject({ sliceId });
  const twice = await json<Problem>(ask('POST', `/api/cluster/dead-letters/${run.id}/retry`));
  expect(twice.status).toBe(404);
});

test('what is done to the cluster stands in the log of the team that runs it', async () => {
  const events = await json<AuditEvent[]>(ask('GET', '/api/audit'));
  expect(events.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['queue-paused', 'queue-resumed', 'worker-drained', 'share-set', 'worker-bounds-set']),
  );
});

test('an admin of another team does not administer the cluster', async () => {
  const other = await here.api.person('admin');
  const problem = await json<Problem>(here.api.ask('GET', '/api/cluster', { cookie: other.cookie }));
  expect([problem.status, problem.detail]).toEqual([403, expect.stringContaining('does not run this cluster')]);
});

test('Prometheus reads the numbers with an API token of the team that runs the cluster', async () => {
  await beat(here.api.worker, worker);
  const body = { name: 'prometheus', scope: 'read', days: 1 };
  const { token } = await json<NewApiToken>(ask('POST', '/api/tokens', body));
  const text = await (await here.api.ask('GET', '/metrics', { headers: { authorization: `Bearer ${token}` } })).text();
  expect([await status(here.api.ask('GET', '/metrics')), text]).toEqual([
    401,
    expect.stringMatching(
      /^quarry_slices_waiting\{kind="backtest"\} [1-9]\d*$[^]*^quarry_cluster_lanes 2$[^]*^quarry_workers_wanted \d+$/m,
    ),
  ]);
});

test('health tells whether a worker lives, and is well without one', async () => {
  const workers = async (): Promise<[string, string | undefined]> => {
    const health = await json<Health>(here.api.ask('GET', '/health/ready'));
    return [health.status, health.parts['workers']?.status];
  };
  await beat(here.api.worker, worker);
  const before = await workers();
  await signOff(here.api.worker, worker.id);
  expect([before, await workers()]).toEqual([
    ['ok', 'ok'],
    ['ok', 'down'],
  ]);
});
