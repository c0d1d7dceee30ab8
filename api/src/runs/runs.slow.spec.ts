import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Run, type Dataset, type Problem } from '@quarry/contracts';
import { finishRun } from '@quarry/platform/database';
import { Desk, json, status } from '../testing/desk.js';
import { TestApi, type Person } from '../testing/test-api.js';

let api: TestApi;
let desk: Desk;
let quant: Person;

beforeAll(async () => {
  api = await TestApi.start();
  quant = await api.person('quant');
  desk = new Desk(api, quant);
}, 60_000);

afterAll(() => api.stop(), 30_000);

test('a run of a dataset without data is refused with the way out', async () => {
  const [strategy, dataset] = await Promise.all([desk.strategy(), json<Dataset>(desk.upload(randomUUID()))]);
  const body = { kind: 'backtest', strategyVersion: strategy.latestVersion, datasetId: dataset.id };
  const problem = await json<Problem>(desk.ask('POST', '/api/runs', { body }));
  expect([problem.code, problem.detail]).toEqual([
    'dataset-not-ready',
    expect.stringContaining('Wait for its ingest run'),
  ]);
});

test('a run is shown as its contract says, with the defaults of its options', async () => {
  const run = await desk.run();
  expect([Run.parse(run), run.state, run.options?.settings.cash]).toEqual([run, 'queued', 100_000]);
  const listed = await json<Run[]>(
    api.ask('GET', `/api/runs?strategyId=${run.strategyId ?? ''}&kind=backtest&limit=5`, { cookie: quant.cookie }),
  );
  expect(listed).toEqual([run]);
});

test('SAFETY bar 27: one idempotency key, fifty times at once, is one run; with another body it is refused', async () => {
  const body = await desk.request();
  const headers = { 'idempotency-key': randomUUID() };
  const runs = await Promise.all(
    Array.from({ length: 50 }, () => json<Run>(desk.ask('POST', '/api/runs', { body, headers }))),
  );
  const other = await json<Problem>(desk.ask('POST', '/api/runs', { body: { ...body, fresh: true }, headers }));
  expect([new Set(runs.map((run) => run.id)).size, other.status, other.code]).toEqual([
    1,
    409,
    'idempotency-key-reused',
  ]);
});

test('SAFETY bar 10: a waiting run is cancelled at once, again without effect, and a finished one not at all', async () => {
  const run = await desk.run();
  const cancel = (id: string): Promise<Run & Problem> =>
    json(api.ask('POST', `/api/runs/${id}/cancel`, { cookie: quant.cookie }));
  expect([(await cancel(run.id)).state, (await cancel(run.id)).state]).toEqual(['cancelled', 'cancelled']);
  const finished = await desk.run();
  await finishRun(api.worker, await desk.claimOf(finished.id), { failure: null, artifacts: [] });
  expect((await cancel(finished.id)).code).toBe('run-already-finished');
});

test('artifacts are served whole and by range, as files that cannot act here', async () => {
  const run = await desk.run();
  const key = `teams/${quant.team}/runs/${run.id}/1/x/a.txt`;
  await api.artifacts.put(key, Buffer.from('0123456789'), 'text/plain');
  await finishRun(api.worker, await desk.claimOf(run.id), {
    failure: null,
    artifacts: [{ name: 'a.txt', key, bytes: 10, contentType: 'text/plain' }],
  });
  const get = (range?: string): Promise<Response> =>
    api.ask('GET', `/api/runs/${run.id}/artifacts/a.txt`, {
      cookie: quant.cookie,
      ...(range === undefined ? {} : { headers: { range } }),
    });
  const whole = await get();
  const part = await get('bytes=2-4');
  expect([whole.status, await whole.text(), whole.headers.get('content-disposition')]).toEqual([
    200,
    '0123456789',
    expect.stringMatching(/^attachment; /),
  ]);
  expect(whole.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
  expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, '234', 'bytes 2-4/10']);
  expect(await status(get('bytes=10-'))).toBe(416);
});
