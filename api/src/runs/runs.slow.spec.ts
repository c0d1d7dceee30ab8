import { expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Run, type Dataset, type Problem } from '@quarry/contracts';
import { finishRun } from '@quarry/platform/database';
import { json, status } from '../testing/desk.js';
import { specDesk } from '../testing/spec-desk.js';

const here = specDesk();

test('a run of a dataset without data is refused with the way out', async () => {
  const [strategy, dataset] = await Promise.all([here.desk.strategy(), json<Dataset>(here.desk.upload(randomUUID()))]);
  const body = { kind: 'backtest', strategyVersion: strategy.latestVersion, datasetId: dataset.id };
  const problem = await json<Problem>(here.desk.ask('POST', '/api/runs', { body }));
  expect([problem.code, problem.detail]).toEqual([
    'dataset-not-ready',
    expect.stringContaining('Wait for its ingest run'),
  ]);
});

test('a run is shown as its contract says, with the defaults of its options', async () => {
  const run = await here.desk.run();
  expect([Run.parse(run), run.state, run.options?.settings.cash]).toEqual([run, 'queued', 100_000]);
  const listed = await json<Run[]>(
    here.api.ask('GET', `/api/runs?strategyId=${run.strategyId ?? ''}&kind=backtest&limit=5`, {
      cookie: here.desk.person.cookie,
    }),
  );
  expect(listed).toEqual([{ ...run, waiting: { code: 'no-worker', before: expect.any(Number) } }]);
});

test('a run belongs to the strategy that it was asked for, though another holds the same text', async () => {
  const body = await here.desk.request();
  const first = await here.desk.strategy();
  await here.desk.strategy();
  const run = await json<Run>(here.desk.ask('POST', '/api/runs', { body: { ...body, strategyId: first.id } }));
  const other = here.desk.ask('POST', '/api/runs', { body: { ...body, strategyId: randomUUID() } });
  expect([run.strategyId, await status(other)]).toEqual([first.id, 404]);
});

test('SAFETY bar 27: one idempotency key, fifty times at once, is one run; with another body it is refused', async () => {
  const body = await here.desk.request();
  const headers = { 'idempotency-key': randomUUID() };
  const runs = await Promise.all(
    Array.from({ length: 50 }, () => json<Run>(here.desk.ask('POST', '/api/runs', { body, headers }))),
  );
  const other = await json<Problem>(here.desk.ask('POST', '/api/runs', { body: { ...body, fresh: true }, headers }));
  expect([new Set(runs.map((run) => run.id)).size, other.status, other.code]).toEqual([
    1,
    409,
    'idempotency-key-reused',
  ]);
});

test('SAFETY bar 10: a waiting run is cancelled at once, again without effect, and a finished one not at all', async () => {
  const run = await here.desk.run();
  const cancel = (id: string): Promise<Run & Problem> =>
    json(here.api.ask('POST', `/api/runs/${id}/cancel`, { cookie: here.desk.person.cookie }));
  expect([(await cancel(run.id)).state, (await cancel(run.id)).state]).toEqual(['cancelled', 'cancelled']);
  const finished = await here.desk.run();
  await finishRun(here.api.worker, await here.desk.claimOf(finished.id), { failure: null, artifacts: [] });
  expect((await cancel(finished.id)).code).toBe('run-already-finished');
});

test('artifacts are served whole and by range, as files that cannot act here', async () => {
  const run = await here.desk.run();
  const key = `teams/${here.desk.person.team}/runs/${run.id}/1/x/a.txt`;
  await here.api.artifacts.put(key, Buffer.from('0123456789'), 'text/plain');
  await finishRun(here.api.worker, await here.desk.claimOf(run.id), {
    failure: null,
    artifacts: [{ name: 'a.txt', key, bytes: 10, contentType: 'text/plain' }],
  });
  const get = (range?: string, headers?: Record<string, string>): Promise<Response> =>
    here.api.ask('GET', `/api/runs/${run.id}/artifacts/a.txt`, {
      cookie: here.desk.person.cookie,
      headers: { ...(range === undefined ? {} : { range }), ...headers },
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
  const etag = whole.headers.get('etag') ?? '';
  expect([whole.headers.get('cache-control'), await status(get(undefined, { 'if-none-match': etag }))]).toEqual([
    'private, no-cache',
    304,
  ]);
  expect(await status(get('bytes=2-4', { 'if-range': '"another"' }))).toBe(200);
});
