import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { openArtifactStore } from '@quarry/platform/artifacts';
import { readWorkerConfig } from '@quarry/platform/config';
import { Database, traceFields } from '@quarry/platform/database';
import { openRunQueue } from '@quarry/platform/queue';
import { createRunner } from '@quarry/runner';
import { pino } from 'pino';
import { startWorker } from './worker.js';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const config = readWorkerConfig();
const log = pino({ level: config.logLevel, base: { process: 'worker', pid: process.pid }, mixin: traceFields });
const runner = await createRunner({
  directory: join(config.home, 'runner'),
  limits: config.limits,
  wallMin: config.wallMin ?? 'none',
});
const database = await Database.connect(config.databaseUrl, {
  applicationName: 'quarry-worker',
  poolSize: config.lanes + 4,
});
const queue = openRunQueue(config.queue, (error) => {
  log.warn({ err: error }, 'the queue is in trouble');
});
const artifacts = openArtifactStore(config.artifacts);

const app = await startWorker(
  { database, queue, artifacts, runner, log },
  {
    lanes: config.lanes,
    leaseMs: config.leaseMs,
    worker: `${hostname()}:${process.pid}`,
    identity: { id: randomUUID(), host: hostname(), pid: process.pid, version },
    directory: join(config.home, 'attempts'),
    datasets: join(config.home, 'datasets'),
    drainMs: config.drainMs,
    wallMin: config.wallMin,
    sweep: {
      attempts: join(config.home, 'attempts'),
      columns: join(config.home, 'runner', 'columns'),
      columnsMaxBytes: config.columnCacheBytes,
    },
  },
);
app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
await app.listen(config.port, config.host);
log.info({ url: await app.getUrl(), lanes: config.lanes, wall: runner.wall, why: runner.wallDetail }, 'taking slices');
