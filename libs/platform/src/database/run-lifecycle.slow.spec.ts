import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Failure, RunState } from '@quarry/contracts';
import { startTemporaryPostgres, type EmbeddedPostgres } from '@quarry/platform/embedded';
import { cancelRun } from './cancel-run.js';
import { claimSlice, LostClaim, renewLease, type Claim } from './claim.js';
import { Database } from './database.js';
import { Dispatcher, type DispatchTarget } from './dispatcher.js';
import { finishRun } from './finish-run.js';
import { cutRun, finishPart } from './go-on.js';
import { migrate } from './migrate.js';
import { queueRun } from './queue-run.js';
import { handBack, pardon, recoverSlice } from './recover-slice.js';
import { runPartsAgain } from './run-parts-again.js';
import { retryRun } from './retry-run.js';
import { roleUrl } from './roles.js';
import { runEventsAfter } from './run-events.js';
import { seed } from './seed.js';
import { recordTrials } from './trial-ledger.js';

let server: EmbeddedPostgres;
let api: Database;
let worker: Database;
let team: string;

beforeAll(async () => {
  server = await startTemporaryPostgres();
  await migrate(server.ownerUrl, server.passwords);
  await seed(server.ownerUrl);
  api = await Database.connect(roleUrl(server.ownerUrl, 'quarry_app', server.passwords.app), {
    applicationName: 'api',
  });
  worker = await Database.connect(roleUrl(server.ownerUrl, 'quarry_worker', server.passwords.worker), {
    applicationName: 'worker',
  });
  const [row] = await api.asRelay((rows) => rows<{ id: string }>('SELECT id FROM team'));
  team = row?.id ?? '';
  await worker.asRelay((rows) => rows(manyLanes));
}, 60_000);

afterAll(async () => {
  await api.close();
  await worker.close();
  await server.stop();
});

/** A worker that lives on without a word, with lanes for all of this file. */
const manyLanes = `INSERT INTO worker (id, name, host, pid, version, engine_hash, lanes, busy, wall, memory_bytes, heartbeat_at)
  VALUES (gen_random_uuid(), 'spec', 'spec', 1, '0', '', 1000, 0, 'full', 0, 'infinity')`;

const work = { kind: 'check', strategyVersion: 'a'.repeat(64) } as const;
const lease = { worker: 'one', leaseMs: 60_000 };
const ending = { failure: null, artifacts: [] };

async function queued(): Promise<{ runId: string; sliceId: string }> {
  const runId = (await api.inTeam(team, (scope) => queueRun(scope, { work, createdBy: null }))) ?? '';
  const [slice] = await api.inTeam(team, (scope) =>
    scope.rows<{ id: string }>('SELECT id FROM slice WHERE run_id = $1', [runId]),
  );
  return { runId, sliceId: slice?.id ?? '' };
}

async function claimed(leaseMs = lease.leaseMs): Promise<Claim> {
  const { sliceId } = await queued();
  const claim = await claimSlice(worker, sliceId, { ...lease, leaseMs });
  if (!claim) throw new Error('A new slice could not be claimed.');
  return claim;
}

async function statesOf(runId: string): Promise<RunState[]> {
  const events = await api.inTeam(team, (scope) => runEventsAfter(scope, runId, 0));
  return events.flatMap(({ body }) => (body.type === 'state' ? [body.state] : []));
}

/** Dispatches into a list until the condition holds. */
async function dispatchUntil(
  condition: () => Promise<boolean>,
  target: Partial<DispatchTarget> = {},
): Promise<string[]> {
  const sent: string[] = [];
  const dispatcher = new Dispatcher(
    worker,
    {
      enqueue: (dispatch) => {
        sent.push(`${dispatch.sliceId}-${dispatch.number}`);
        return Promise.resolve();
      },
      remove: () => Promise.resolve(),
      depth: () => Promise.resolve({ waiting: 1, active: 0 }),
      ...target,
    },
    { everyMs: 20, staleMs: 120, onError: () => undefined },
  );
  const until = performance.now() + 10_000;
  while (!(await condition()) && performance.now() < until) await pause(10);
  await dispatcher.close();
  return sent;
}

test('a run goes from queued over running to succeeded, and its events say so in order', async () => {
  const claim = await claimed();
  await finishRun(worker, claim, ending);
  expect(await statesOf(claim.runId)).toEqual(['queued', 'running', 'succeeded']);
});

test('a dispatch that is repeated a hundred times at once is claimed once', async () => {
  const { sliceId } = await queued();
  const claims = await Promise.all(Array.from({ length: 100 }, () => claimSlice(worker, sliceId, lease)));
  expect(claims.filter(Boolean).length).toBe(1);
});

test('SAFETY bar 16: a zombie whose lease ran out commits nothing after another has taken over', async () => {
  const zombie = await claimed(1);
  await pause(5);
  const heir = await claimSlice(worker, zombie.sliceId, { ...lease, worker: 'two' });
  await expect(renewLease(worker, zombie, 1_000)).rejects.toThrow(LostClaim);
  await expect(finishRun(worker, zombie, ending)).rejects.toThrow(LostClaim);
  if (heir) await finishRun(worker, heir, ending);
  await expect(finishRun(worker, zombie, ending)).rejects.toThrow(LostClaim);
  expect([heir?.attempt, await statesOf(zombie.runId)]).toEqual([2, ['queued', 'running', 'running', 'succeeded']]);
});

test('cancelling voids the token of the lane that is on the run, and doing it again changes nothing', async () => {
  const claim = await claimed();
  const cancel = (): Promise<RunState | null> => api.inTeam(team, (scope) => cancelRun(scope, claim.runId));
  expect([await cancel(), await cancel()]).toEqual(['running', 'cancelled']);
  await expect(finishRun(worker, claim, ending)).rejects.toThrow(LostClaim);
  expect(await statesOf(claim.runId)).toEqual(['queued', 'running', 'cancelled']);
});

test('a cancelled run that waits is never claimed', async () => {
  const { runId, sliceId } = await queued();
  await api.inTeam(team, (scope) => cancelRun(scope, runId));
  expect(await claimSlice(worker, sliceId, lease)).toBeNull();
});

test('a slice that is handed back is dispatched again under a new number, and counts as no recovery', async () => {
  const claim = await claimed();
  await handBack(worker, claim);
  const sent = await dispatchUntil(() => nothingWaits());
  expect(sent).toContain(`${claim.sliceId}-2`);
  expect((await claimSlice(worker, claim.sliceId, lease))?.attempt).toBe(2);
});

test('SAFETY bar 18: a slice whose worker is lost a third time is poisoned and never dispatched again', async () => {
  const { runId, sliceId } = await queued();
  for (let loss = 1; loss <= 3; loss += 1) {
    await claimSlice(worker, sliceId, { ...lease, leaseMs: 1 });
    await dispatchUntil(async () => (await statesOf(runId)).at(-1) !== 'running');
  }
  const sent = await dispatchUntil(() => nothingWaits());
  const [run] = await api.inTeam(team, (scope) =>
    scope.rows<{ code: string }>(`SELECT failure->>'code' AS code FROM run WHERE id = $1`, [runId]),
  );
  expect([run?.code, sent.filter((id) => id.startsWith(sliceId)), await claimSlice(worker, sliceId, lease)]).toEqual([
    'poisoned',
    [],
    null,
  ]);
  expect(await statesOf(runId)).toEqual(['queued', 'running', 'queued', 'running', 'queued', 'running', 'failed']);
});

test('a slice whose lost workers are found to live is no poison, however often stores are away', async () => {
  const { runId, sliceId } = await queued();
  for (let loss = 1; loss <= 5; loss += 1) {
    const claim = await claimSlice(worker, sliceId, { ...lease, leaseMs: 1 });
    if (!claim) throw new Error(`It could not be claimed for the ${loss}th time.`);
    // Some hear of it before the slice is found, some after.
    if (loss % 2 === 0) await pardon(worker, claim);
    await dispatchUntil(async () => (await statesOf(runId)).at(-1) !== 'running');
    if (loss % 2 === 1) await pardon(worker, claim);
  }
  const claim = await claimSlice(worker, sliceId, lease);
  if (claim) await finishRun(worker, claim, ending);
  expect([claim?.attempt, (await statesOf(runId)).at(-1)]).toEqual([6, 'succeeded']);
});

test('a slice that goes on being lost by workers which live is poisoned all the same: it may be what keeps them from their leases', async () => {
  const { runId, sliceId } = await queued();
  let attempts = 0;
  while ((await statesOf(runId)).at(-1) !== 'failed' && attempts < 50) {
    const claim = await claimSlice(worker, sliceId, { ...lease, leaseMs: 1 });
    if (!claim) throw new Error(`It could not be claimed after attempt ${attempts}.`);
    attempts = claim.attempt;
    await dispatchUntil(async () => (await statesOf(runId)).at(-1) !== 'running');
    await pardon(worker, claim);
  }
  expect(attempts).toBe(32);
}, 60_000);

test('a queue that refuses a dispatch leaves its slice waiting, and gets it later', async () => {
  const { sliceId } = await queued();
  let refused = 0;
  await dispatchUntil(() => Promise.resolve(refused > 2), {
    enqueue: () => {
      refused += 1;
      return Promise.reject(new Error('the queue is away'));
    },
  });
  expect(await dispatchUntil(() => nothingWaits())).toContain(`${sliceId}-1`);
});

test('SAFETY bar 21: when the queue has forgotten everything, what waits is dispatched again', async () => {
  const { sliceId } = await queued();
  await dispatchUntil(() => nothingWaits());
  let again = false;
  await dispatchUntil(() => Promise.resolve(again), {
    depth: () => Promise.resolve({ waiting: 0, active: 0 }),
    enqueue: (dispatch) => {
      again ||= dispatch.sliceId === sliceId && dispatch.number === 2;
      return Promise.resolve();
    },
  });
  expect(again).toBe(true);
});

test('SAFETY bar 27: the same idempotency key fifty times at once makes one run', async () => {
  const idempotency = { key: randomUUID(), requestHash: 'x' };
  const ids = await Promise.all(
    Array.from({ length: 50 }, () =>
      api.inTeam(team, (scope) => queueRun(scope, { work, createdBy: null, idempotency })),
    ),
  );
  expect(ids.filter(Boolean).length).toBe(1);
});

describe('a run in slices', () => {
  const found = {
    found: { name: 'found', key: 'key', bytes: 1, contentType: 'application/octet-stream' },
    engine: 'one',
  };
  const threw: Failure = { code: 'threw', message: 'my own fault', position: null, diagnostics: [] };

  interface Part {
    readonly id: string;
    readonly state: RunState;
    readonly stage: string;
    readonly attempt: number;
  }

  function slicesOf(runId: string): Promise<Part[]> {
    return api.inTeam(team, (scope) =>
      scope.rows<Part>('SELECT id, state, stage, attempt FROM slice WHERE run_id = $1 ORDER BY index', [runId]),
    );
  }

  /** A run that has begun and is cut into so many parts of 64. */
  async function cut(count: number): Promise<{ runId: string; parts: Part[] }> {
    const begin = await claimed();
    const tasks = Array.from({ length: count }, (_, i) => ({ stage: 'part', from: 64 * i, to: 64 * i + 64 }) as const);
    await cutRun(worker, begin, { parts: tasks, known: null });
    return { runId: begin.runId, parts: (await slicesOf(begin.runId)).slice(1) };
  }

  async function take({ id }: Part, leaseMs = lease.leaseMs): Promise<Claim> {
    const claim = await claimSlice(worker, id, { ...lease, leaseMs });
    if (!claim) throw new Error(`Slice ${id} could not be claimed.`);
    return claim;
  }

  async function run(runId: string): Promise<{ state: RunState; message: string | null }> {
    const [row] = await api.inTeam(team, (scope) =>
      scope.rows<{ state: RunState; message: string | null }>(
        `SELECT state, failure ->> 'message' AS message FROM run WHERE id = $1`,
        [runId],
      ),
    );
    if (!row) throw new Error(`There is no run ${runId}.`);
    return row;
  }

  test('is folded once, by the transaction of whichever part is the last, and ends with the fold', async () => {
    const { runId, parts } = await cut(20);
    const claims = await Promise.all(parts.map((part) => take(part)));
    expect(claims[3]?.task).toEqual({ stage: 'part', from: 192, to: 256 });
    await Promise.all(claims.map((claim) => finishPart(worker, claim, found)));
    const folds = (await slicesOf(runId)).filter(({ stage }) => stage === 'fold');
    expect([(await run(runId)).state, folds.length]).toEqual(['running', 1]);
    await finishRun(worker, await take(folds[0]!), ending);
    expect(await statesOf(runId)).toEqual(['queued', 'running', 'succeeded']);
  });

  test('SAFETY bar 28: of 200 slices 3 fail and 2 lose their worker for good: the 5 are named, 195 are kept, and only the 5 are tried again', async () => {
    const { runId, parts } = await cut(200);
    for (const [index, part] of parts.entries()) {
      if (index === 7 || index === 150) {
        for (let loss = 1; loss <= 3; loss += 1) {
          await take(part, 1);
          await pause(5);
          await api.inTeam(team, (scope) => recoverSlice(scope, runId, part.id));
        }
      } else if (index % 80 === 3) await finishRun(worker, await take(part), { failure: threw, artifacts: [] });
      else await finishPart(worker, await take(part), found);
    }
    expect(await run(runId)).toEqual({
      state: 'failed',
      message:
        '5 of 200 slices failed: 192 to 255 (threw), 448 to 511 (poisoned), 5312 to 5375 (threw), 9600 to 9663 (poisoned), 10432 to 10495 (threw). The first: my own fault',
    });
    await api.inTeam(team, (scope) => retryRun(scope, runId));
    const again = (await slicesOf(runId)).filter(({ state }) => state === 'queued');
    expect([(await run(runId)).state, again.length]).toEqual(['queued', 5]);
    for (const part of again) await finishPart(worker, await take(part), found);
    const slices = await slicesOf(runId);
    expect(slices.filter(({ attempt }) => attempt > 1).length).toBe(5);
    await finishRun(worker, await take(slices.at(-1)!), ending);
    expect((await run(runId)).state).toBe('succeeded');
  }, 60_000);

  test('SAFETY bar 28: of 200 slices is cancelled in one step: none is claimed afterwards, and no lane commits', async () => {
    const { runId, parts } = await cut(200);
    const busy = await take(parts[0]!);
    await api.inTeam(team, (scope) => cancelRun(scope, runId));
    await expect(finishPart(worker, busy, found)).rejects.toThrow(LostClaim);
    expect(await claimSlice(worker, parts[1]!.id, lease)).toBeNull();
    expect((await slicesOf(runId)).slice(1).every(({ state }) => state === 'cancelled')).toBe(true);
  });

  test('whose parts go on being found by two engines is folded by neither: it fails, and what is odd is tried again', async () => {
    const { runId, parts } = await cut(2);
    const fold = async (): Promise<Part> => (await slicesOf(runId)).at(-1)!;
    for (const part of parts) await finishPart(worker, await take(part), found);
    for (let time = 1; time <= 3; time += 1) {
      await runPartsAgain(worker, await take(await fold()), [parts[1]!.id]);
      expect((await slicesOf(runId))[2]?.state).toBe('queued');
      await finishPart(worker, await take(parts[1]!), { ...found, engine: 'other' });
    }
    await runPartsAgain(worker, await take(await fold()), [parts[1]!.id]);
    expect(await run(runId)).toEqual({
      state: 'failed',
      message: expect.stringMatching(/64 to 127 \(engine-changed\).*two versions/),
    });
    await api.inTeam(team, (scope) => retryRun(scope, runId));
    await finishPart(worker, await take(parts[1]!), found);
    await finishRun(worker, await take(await fold()), ending);
    expect([(await run(runId)).state, (await slicesOf(runId)).map(({ attempt }) => attempt)]).toEqual([
      'succeeded',
      [1, 1, 5, 1, 1, 1, 1, 1],
    ]);
  });

  test('goes on running while one of its slices is handed back', async () => {
    const { runId, parts } = await cut(2);
    await take(parts[0]!);
    await handBack(worker, await take(parts[1]!));
    expect(await statesOf(runId)).toEqual(['queued', 'running']);
  });

  test('that succeeded or was cancelled is not tried again', async () => {
    const claim = await claimed();
    await finishRun(worker, claim, ending);
    expect(await api.inTeam(team, (scope) => retryRun(scope, claim.runId))).toBe('succeeded');
    expect((await run(claim.runId)).state).toBe('succeeded');
  });
});

test('a trial that is recorded again, by whichever search, is counted once, and ratios come back to the last bit', async () => {
  const trial = (paramsHash: string, sharpe: number) => ({ paramsHash, dataHash: 'd', sharpe, observations: 250 });
  const record = (...trials: ReturnType<typeof trial>[]) =>
    worker.inTeam(team, (scope) => recordTrials(scope, 'one family', trials));
  const first = trial('a', 0.1 + 0.2);
  await Promise.all([record(first, trial('b', NaN)), record(trial('b', NaN), first)]);
  const known = await record(trial('c', -1 / 3));
  expect(new Set(known)).toEqual(new Set([first, trial('b', NaN), trial('c', -1 / 3)]));
});

test('a word on the channel reaches who listens', async () => {
  const heard: string[] = [];
  const listener = api.listen(['quarry_progress'], (channel, payload) => {
    if (payload !== '') heard.push(`${channel} ${payload}`);
  });
  while (heard.length === 0) await worker.notify('quarry_progress', 'half');
  await listener.close();
  expect(heard[0]).toBe('quarry_progress half');
});

async function nothingWaits(): Promise<boolean> {
  const rows = await api.asRelay((query) =>
    query(`SELECT id FROM slice WHERE state = 'queued' AND dispatched_at IS NULL`),
  );
  return rows.length === 0;
}
