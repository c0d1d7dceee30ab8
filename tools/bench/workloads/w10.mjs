import { once } from 'node:events';
import { request } from 'node:http';
import { randomUUID } from 'node:crypto';
import { startTemporaryPostgres } from '@quarry/platform/embedded';
import { migratePostgresQueue, openRunQueue } from '@quarry/platform/queue';
import { OwnQuarry } from '../../load/own-quarry.mjs';
import { submitRun } from '../../load/submit-run.mjs';
import { median, timed } from '../figures.mjs';
import { bareRedis } from '../redis.mjs';
import { emptySlices } from './empty-slices.mjs';

const warmUps = 5;
const bars = 100_000;

/**
 * W10: from the request that submits a backtest of 100,000 bars to the event that it has succeeded, with everything warm,
 * through the API, queue and worker that `npm start` runs. The baseline is the bare queue on the same store: from enqueue
 * to the handler. W10e is a thousand slices that have nothing to do, on Redis: 500 ms are 2,000 a second.
 */
export async function w10({ repeats }) {
  const rows = [{ workload: 'W10', goalMs: 40, ...(await onPostgres(repeats)) }];
  const redis = await bareRedis();
  if (redis === null) {
    process.stderr.write('W10 was not taken on Redis: there is no redis-server on the PATH.\n');
    return rows;
  }
  try {
    const ms = await submitToResult(repeats, { REDIS_URL: redis.url });
    const baselineMs = await bareQueue(repeats, { redisUrl: redis.url, databaseUrl: '' });
    return [
      ...rows,
      { workload: 'W10r', goalMs: 20, ms, baselineMs, rssMb: null },
      { workload: 'W10e', goalMs: 500, ...(await emptySlices(redis.url)), rssMb: null },
    ];
  } finally {
    await redis.stop();
  }
}

async function onPostgres(repeats) {
  const ms = await submitToResult(repeats, {});
  const server = await startTemporaryPostgres();
  try {
    await migratePostgresQueue(server.ownerUrl, []);
    return { ms, baselineMs: await bareQueue(repeats, { redisUrl: null, databaseUrl: server.ownerUrl }), rssMb: null };
  } finally {
    await server.stop();
  }
}

async function submitToResult(repeats, env) {
  const quarry = await OwnQuarry.start(env);
  try {
    const { body: datasets } = await quarry.ask('GET', '/api/datasets');
    const { id: datasetId, info } = datasets.find(({ name }) => name === 'minutes');
    const [{ from, to, rows }] = info.series;
    const end = new Date((from + ((to - from) * bars) / rows) / 1000).toISOString();
    const work = { kind: 'backtest', datasetId, options: { to: end }, fresh: true };
    const figures = [];
    for (let i = 0; i < warmUps + repeats; i++) {
      const { ms } = await timed(async () => heardOut(quarry, await submitRun(quarry, work)));
      if (i >= warmUps) figures.push(ms);
    }
    return median(figures);
  } finally {
    await quarry.stop();
  }
}

/** Resolves when the run's stream tells that it has succeeded. */
async function heardOut(quarry, runId) {
  const asked = request(`${quarry.address}/api/runs/${runId}/events`, { headers: quarry.headers });
  asked.end();
  const [answer] = await once(asked, 'response');
  let said = '';
  for await (const chunk of answer.setEncoding('utf8')) {
    said += chunk;
    if (said.includes('"state":"succeeded"')) return;
    if (/"state":"(failed|cancelled)"/.test(said)) break;
  }
  throw new Error(`The run ${runId} did not succeed: ${said}`);
}

async function bareQueue(repeats, store) {
  const queue = openRunQueue({ ...store, lockMs: 10_000, stalledMs: 5_000 }, () => undefined);
  let took = () => undefined;
  const consumer = await queue.consume(1, async () => took());
  try {
    const figures = [];
    for (let i = 0; i < warmUps + repeats; i++) {
      const taken = new Promise((resolve) => (took = resolve));
      const { ms } = await timed(async () => {
        await queue.enqueue({ runId: randomUUID(), sliceId: randomUUID(), number: 1 });
        await taken;
      });
      if (i >= warmUps) figures.push(ms);
    }
    return median(figures);
  } finally {
    await consumer.drain();
    await queue.close();
  }
}
