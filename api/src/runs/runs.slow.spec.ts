import { expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Run, type Dataset, type Failure, type Problem } from '@quarry/contracts';
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

test('every kind of run is taken with its settings, and what is wrong with them is named', async () => {
  const { kind: _, ...subject } = await here.desk.request();
  const ask = (body: object): Promise<Run & Problem> =>
    json(here.desk.ask('POST', '/api/runs', { body: { ...subject, ...body } }));
  const runs = await Promise.all([
    ask({ kind: 'sweep', search: { method: 'sobol', trials: 128 }, slices: 2 }),
    ask({ kind: 'walk-forward', plan: { train: { bars: 500 } } }),
    ask({ kind: 'monte-carlo', simulation: { method: 'trade-shuffle' } }),
    ask({ kind: 'prove' }),
  ]);
  expect(runs.map(({ kind, state, progress }) => [kind, state, progress])).toEqual(
    ['sweep', 'walk-forward', 'monte-carlo', 'prove'].map((kind) => [kind, 'queued', null]),
  );
  const wrong = await ask({ kind: 'sweep', search: { trials: 0 }, slices: 0 });
  expect([wrong.status, wrong.detail]).toEqual([400, expect.stringMatching(/search\.trials|slices/)]);
});

test('runs are listed by state, page after page, each once', async () => {
  const [first] = await Promise.all([here.desk.run(), here.desk.run(), here.desk.run()]);
  await here.desk.ask('POST', `/api/runs/${first.id}/cancel`);
  const list = (query: string): Promise<Run[]> => json(here.desk.ask('GET', `/api/runs?${query}`));
  expect((await list('state=cancelled&limit=1'))[0]?.id).toBe(first.id);
  const all = await list('limit=500');
  const paged: Run[] = [];
  for (let page = await list('limit=2'); page.length > 0; page = await list(`limit=2&before=${paged.at(-1)?.id ?? ''}`))
    paged.push(...page);
  expect(paged.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
});

test('a failed run is tried again on request, and one that did not fail is not', async () => {
  const run = await here.desk.run();
  const retry = (): Promise<Run & Problem> => json(here.desk.ask('POST', `/api/runs/${run.id}/retry`));
  expect((await retry()).code).toBe('run-not-failed');
  const failure: Failure = { code: 'crashed', message: 'gone', position: null, diagnostics: [] };
  const report = (key: string) => ({ name: 'report.json', key, bytes: 1, contentType: 'application/json' });
  await finishRun(here.api.worker, await here.desk.claimOf(run.id), { failure, artifacts: [report('a')] });
  const again = await retry();
  expect([again.state, again.failure, again.finishedAt]).toEqual(['queued', null, null]);
  await finishRun(here.api.worker, await here.desk.claimOf(run.id), { failure: null, artifacts: [report('b')] });
  const ended = await json<Run>(here.desk.ask('GET', `/api/runs/${run.id}`));
  expect([ended.state, ended.attempt, ended.artifacts.length]).toEqual(['succeeded', 2, 1]);
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

test('a run belongs to the trace of the request that queued it: its lane hears of it, and lines of the log name it', async () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const headers = { traceparent: `00-${traceId}-00f067aa0ba902b7-01` };
  const { latestVersion } = await here.desk.strategy();
  const { id: datasetId } = await here.desk.dataset();
  const body = { kind: 'backtest', strategyVersion: latestVersion, datasetId };
  const run = await json<Run>(here.desk.ask('POST', '/api/runs', { body, headers }));
  const { trace } = await here.desk.claimOf(run.id);
  const lines = here.api.logged.filter((line) => line.includes(`"traceId":"${traceId}"`));
  expect([trace?.split('-')[1], lines.length, lines[0]]).toEqual([traceId, 1, expect.stringContaining('/api/runs')]);
});
