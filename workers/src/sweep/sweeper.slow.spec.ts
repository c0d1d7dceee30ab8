import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openArtifactStore, type ArtifactStore } from '@quarry/platform/artifacts';
import { Database } from '@quarry/platform/database';
import { pino } from 'pino';
import S3rver from 's3rver';
import { crossover, endlessStrategy } from '../testing/strategies.js';
import { TestCluster } from '../testing/test-worker.js';
import { Sweeper } from './sweeper.js';

const elevenMinutes = 11 * 60_000;

let cluster: TestCluster;
let database: Database;
let s3: S3rver;
let bucket: ArtifactStore;
/** A run that has ended, and one that is under way. */
let ended: string;
let running: string;
let sp500: { datasetId: string; version: string };

beforeAll(async () => {
  cluster = await TestCluster.start();
  await cluster.worker(60_000);
  database = await Database.connect(cluster.workerUrl, { applicationName: 'sweeper' });
  sp500 = await cluster.dataset('sp500');
  ended = await cluster.backtest(await cluster.strategy(crossover), sp500);
  await cluster.ended(ended);
  running = await cluster.backtest(await cluster.strategy(endlessStrategy), sp500);
  await cluster.reaches(running, (run) => run.state === 'running');

  s3 = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: join(cluster.folder, 's3'),
    configureBuckets: [{ name: 'quarry', configs: [] }],
  });
  const { port } = await s3.run();
  bucket = openArtifactStore({
    kind: 's3',
    bucket: 'quarry',
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    forcePathStyle: true,
  });
  for (const { key } of await cluster.artifacts.list('teams/')) {
    const found = await cluster.artifacts.read(key);
    await bucket.put(key, found!.body, 'application/octet-stream');
  }
}, 120_000);

afterAll(async () => {
  await cluster.cancel(running);
  await s3.close();
  await database.close();
  await cluster.stop();
}, 30_000);

function sweeper(artifacts: ArtifactStore, columnsMaxBytes: number | null = null): Sweeper {
  const columns = join(cluster.folder, 'runner', 'columns');
  const places = { attempts: join(cluster.folder, 'attempts'), columns, columnsMaxBytes };
  return new Sweeper({ database, artifacts, log: pino({ level: 'silent' }) }, places);
}

describe.each([
  ['a folder', () => cluster.artifacts],
  ['S3', () => bucket],
] as const)('SAFETY bar 19: artifacts in %s', (_where, storeOf) => {
  test('that nothing refers to are gone ten minutes later; all others stay', async () => {
    const store = storeOf();
    const team = `teams/${cluster.team}`;
    const kept = (await store.list('')).map(({ key }) => key);
    const ofOthers = [
      `${team}/runs/${running}/1/abc/of-a-run-under-way`,
      `${team}/runs/${randomUUID()}/1/abc/of-a-run-unknown-here`,
      `teams/${randomUUID()}/runs/${ended}/1/abc/of-a-team-unknown-here`,
      `${team}/notes/of-another-kind`,
    ];
    const letGo = randomUUID();
    await cluster.database.inTeam(cluster.team, (scope) =>
      scope.rows('INSERT INTO deleted_run (team_id, run_id) VALUES ($1, $2)', [cluster.team, letGo]),
    );
    const orphans = [
      `${team}/runs/${ended}/7/abc/of-a-killed-attempt`,
      `${team}/runs/${letGo}/1/abc/of-a-run-let-go`,
      `${team}/uploads/${randomUUID()}`,
    ];
    for (const key of [...ofOthers, ...orphans]) await store.put(key, Buffer.from('x'), 'text/plain');

    const tried = sweeper(store);
    const atOnce = await tried.sweep();
    const later = await tried.sweep(Date.now() + elevenMinutes);
    const again = await tried.sweep(Date.now() + elevenMinutes);
    await tried.close();

    expect([atOnce.artifacts, later.artifacts, again.artifacts]).toEqual([0, 3, 0]);
    expect((await store.list('')).map(({ key }) => key)).toEqual([...kept, ...ofOthers].toSorted());
    expect(kept.length).toBeGreaterThan(8);
  }, 30_000);
});

test('an upload to which nothing was added for a day is forgotten, and then its pieces go', async () => {
  const key = `teams/${cluster.team}/uploads/${randomUUID()}/${randomUUID()}`;
  await cluster.artifacts.put(key, Buffer.from('abc'), 'text/plain');
  await cluster.database.inTeam(cluster.team, (scope) =>
    scope.rows(`INSERT INTO upload (team_id, file_name, bytes, received, parts) VALUES ($1, 'a.csv', 9, 3, $2)`, [
      cluster.team,
      JSON.stringify([key]),
    ]),
  );
  const tried = sweeper(cluster.artifacts);
  const early = await tried.sweep(Date.now() + 23 * 3_600_000);
  const late = await tried.sweep(Date.now() + 25 * 3_600_000);
  await tried.close();
  expect([early.uploads, late.uploads, await cluster.artifacts.read(key)]).toEqual([0, 1, null]);
});

/** An ingest of a file of its own that has ended; answers where the file lies. */
async function ingestEnded(dataset: string, state: 'succeeded' | 'failed'): Promise<string> {
  const key = `teams/${cluster.team}/uploads/${randomUUID()}`;
  const run = randomUUID();
  await cluster.artifacts.put(key, Buffer.from('abc'), 'text/plain');
  await cluster.database.inTeam(cluster.team, async (scope) => {
    await scope.rows(
      `INSERT INTO dataset (id, team_id, name, ingest_run_id) VALUES ($1, $2, gen_random_uuid()::text, $3) ON CONFLICT DO NOTHING`,
      [dataset, cluster.team, run],
    );
    const input = { from: 'upload', keys: [key], fileName: 'a.csv', bytes: 3 };
    const work = { kind: 'ingest', datasetId: dataset, input, options: { name: 'none' } };
    await scope.rows(
      `INSERT INTO run (id, team_id, kind, state, work, dataset_id, failure, finished_at)
       VALUES ($1, $2, 'ingest', $5, $3, $4, $6, now())`,
      [run, cluster.team, JSON.stringify(work), dataset, state, state === 'failed' ? '{}' : null],
    );
  });
  return key;
}

test('the file that a dataset was read from stays until a later one takes its place, and a day more', async () => {
  const dataset = randomUUID();
  const keys = [await ingestEnded(dataset, 'succeeded'), await ingestEnded(dataset, 'succeeded')];
  const tried = sweeper(cluster.artifacts);
  const left: number[] = [];
  for (const hours of [23, 25]) {
    await tried.sweep(Date.now() + hours * 3_600_000);
    left.push(
      (await cluster.artifacts.list(`teams/${cluster.team}/uploads/`)).filter(({ key }) => keys.includes(key)).length,
    );
  }
  await tried.close();
  const latest = await cluster.artifacts.list(keys[1]!);
  expect([left, latest.length]).toEqual([[2, 1], 1]);
});

test('the file of an ingest that failed stays for a day, to be read again, and then it goes', async () => {
  const key = await ingestEnded(randomUUID(), 'failed');
  const tried = sweeper(cluster.artifacts);
  await tried.sweep(Date.now() + 23 * 3_600_000);
  const early = await cluster.artifacts.read(key);
  early?.body.destroy();
  await tried.sweep(Date.now() + 25 * 3_600_000);
  await tried.close();
  expect([early !== null, await cluster.artifacts.read(key)]).toEqual([true, null]);
});

test('folders of workers that are gone and columns that nobody reads are removed, those in use are not', async () => {
  const attempts = join(cluster.folder, 'attempts');
  const columns = join(cluster.folder, 'runner', 'columns');
  const inUse = [await readdir(attempts), await readdir(columns)];
  await mkdir(join(attempts, '4194304', 'attempt-x'), { recursive: true });
  const old = join(columns, 'old.close.as-stored.1d.f64');
  await writeFile(old, 'x');
  const lastMonth = Date.now() / 1000 - 30 * 86_400;
  await utimes(old, lastMonth, lastMonth);

  const tried = sweeper(cluster.artifacts);
  const swept = await tried.sweep();
  await tried.close();

  expect([swept.folders, swept.columns]).toEqual([1, 1]);
  expect([await readdir(attempts), await readdir(columns)]).toEqual(inUse);
});

test('where columns take more than they may, those go first that were not read for the longest, and none that a run reads', async () => {
  const columns = join(cluster.folder, 'runner', 'columns');
  const inUse = await readdir(columns);
  const hourAgo = Date.now() / 1000 - 3600;
  for (const name of inUse) await utimes(join(columns, name), hourAgo - 600, hourAgo - 600);
  const names = ['a.as-stored.1d.f64', 'b.as-stored.1d.f64', 'c.as-stored.1d.f64'];
  for (const [nth, name] of names.entries()) {
    await writeFile(join(columns, name), Buffer.alloc(1000));
    await utimes(join(columns, name), hourAgo - nth, hourAgo - nth);
  }
  const sizes = await Promise.all(inUse.map(async (name) => (await stat(join(columns, name))).size));
  const tried = sweeper(
    cluster.artifacts,
    sizes.reduce((sum, size) => sum + size, 1500),
  );
  const swept = await tried.sweep();
  await tried.close();
  expect([swept.columns, await readdir(columns), inUse.length > 0]).toEqual([2, [...inUse, names[0]].toSorted(), true]);
  await rm(join(columns, names[0] ?? ''));
});

test('a database that is away ends a sweep, not the worker', async () => {
  const away = await Database.connect(cluster.workerUrl, { applicationName: 'sweeper-away' });
  await away.close();
  const nowhere = join(cluster.folder, 'none');
  const places = { attempts: nowhere, columns: nowhere, columnsMaxBytes: null };
  const tried = new Sweeper({ database: away, artifacts: cluster.artifacts, log: pino({ level: 'silent' }) }, places);
  expect(await tried.sweep()).toEqual({ folders: 0, uploads: 0, artifacts: 0, columns: 0 });
  await tried.close();
});

test('SAFETY bar 48: the bytes of a deleted dataset version stay while a run reads them, and go after its end', async () => {
  const id = await cluster.backtest(await cluster.strategy(`${endlessStrategy}\n// of a deleted version`), sp500);
  await cluster.reaches(id, (run) => run.state === 'running');
  const [version] = await cluster.database.inTeam(cluster.team, (scope) =>
    scope.rows<{ files: { key: string }[] }>(
      'UPDATE dataset_version SET deleted_at = now() WHERE dataset_id = $1 RETURNING files',
      [sp500.datasetId],
    ),
  );
  const isThere = async (): Promise<boolean> => (await cluster.artifacts.read(version!.files[0]!.key)) !== null;
  const tried = sweeper(cluster.artifacts);
  await tried.sweep(Date.now() + elevenMinutes);
  const during = await isThere();
  for (const run of [id, running]) await cluster.cancel(run);
  await tried.sweep(Date.now() + elevenMinutes);
  await tried.close();
  expect([during, await isThere()]).toEqual([true, false]);
}, 60_000);
