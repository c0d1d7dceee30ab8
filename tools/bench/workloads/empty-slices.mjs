import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  beat,
  claimSlice,
  Database,
  Dispatcher,
  finishRun,
  migrate,
  queueRun,
  roleUrl,
  seed,
} from '@quarry/platform/database';
import { startTemporaryPostgres } from '@quarry/platform/embedded';
import { openRunQueue } from '@quarry/platform/queue';
import { timed } from '../figures.mjs';

const slices = 1_000;
const lanes = 16;

/**
 * How long a thousand slices with nothing to do take, each of a run of its own, from the first that waits to the last that
 * has ended: admission, the queue in Redis, claim and finish, without children. Beside it as many jobs through the bare queue.
 */
export async function emptySlices(redisUrl) {
  const server = await startTemporaryPostgres();
  const closed = [];
  try {
    await migrate(server.ownerUrl, server.passwords);
    await seed(server.ownerUrl);
    const connect = async (role, password, poolSize) => {
      const database = await Database.connect(roleUrl(server.ownerUrl, role, password), {
        applicationName: 'bench',
        poolSize,
      });
      closed.unshift(() => database.close());
      return database;
    };
    const api = await connect('quarry_app', server.passwords.app, 4);
    const worker = await connect('quarry_worker', server.passwords.worker, lanes + 4);
    const place = { redisUrl, databaseUrl: '', lockMs: 10_000, stalledMs: 5_000 };
    const queue = openRunQueue(place, () => undefined);
    closed.unshift(() => queue.close());
    await beat(worker, reported());
    await queueEmptyRuns(api);

    let ended = 0;
    const consumer = await queue.consume(lanes, async ({ sliceId }) => {
      const claim = await claimSlice(worker, sliceId, { worker: 'bench', leaseMs: 60_000 });
      if (!claim) return;
      await finishRun(worker, claim, { failure: null, artifacts: [] });
      ended += 1;
    });
    const { ms } = await timed(async () => {
      const dispatcher = new Dispatcher(worker, queue, { onError: (error) => process.stderr.write(`${error}\n`) });
      closed.unshift(() => dispatcher.close());
      while (ended < slices) await pause(2);
    });
    await consumer.drain();
    return { ms, baselineMs: await bareJobs(redisUrl) };
  } finally {
    for (const close of closed) await close();
    await server.stop();
  }
}

function reported() {
  const about = {
    name: 'bench',
    host: 'bench',
    pid: process.pid,
    version: '',
    engineHash: '',
    wall: 'none',
    memoryBytes: 0,
  };
  return { id: randomUUID(), ...about, lanes, busy: 0, refusal: null, leaving: false };
}

async function queueEmptyRuns(api) {
  const [team] = await api.asRelay((rows) => rows('SELECT id FROM team'));
  await api.inTeam(team.id, async (scope) => {
    const work = { kind: 'check', strategyVersion: 'a'.repeat(64) };
    for (let i = 0; i < slices; i++) await queueRun(scope, { work, createdBy: null });
  });
}

async function bareJobs(redisUrl) {
  const queue = openRunQueue({ redisUrl, databaseUrl: '', lockMs: 10_000, stalledMs: 5_000 }, () => undefined);
  let done = 0;
  const consumer = await queue.consume(lanes, async () => void done++);
  try {
    const { ms } = await timed(async () => {
      const dispatches = Array.from({ length: slices }, () => ({
        runId: randomUUID(),
        sliceId: randomUUID(),
        number: 1,
      }));
      await Promise.all(dispatches.map((dispatch) => queue.enqueue(dispatch)));
      while (done < slices) await pause(2);
    });
    return ms;
  } finally {
    await consumer.drain();
    await queue.close();
  }
}
