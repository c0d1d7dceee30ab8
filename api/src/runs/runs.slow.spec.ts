import { describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Run, type Dataset, type Failure, type Problem, type Schedule } from '@quarry/contracts';
import { openArtifactStore } from '@quarry/platform/artifacts';
import { finishRun } from '@quarry/platform/database';
import type { Member } from '../http/member.js';
import { TeamLimits } from '../limits/team-limits.js';
import { ScheduleClock } from '../schedules/schedule-clock.js';
import { json, status } from '../testing/desk.js';
import { specDesk } from '../testing/spec-desk.js';
import { RunArtifacts } from './run-artifacts.js';

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
    ask({ kind: 'cross-validate', plan: { groups: 6 } }),
    ask({ kind: 'monte-carlo', simulation: { method: 'trade-shuffle' } }),
    ask({ kind: 'prove' }),
  ]);
  expect(runs.map(({ kind, state, progress }) => [kind, state, progress])).toEqual(
    ['sweep', 'walk-forward', 'cross-validate', 'monte-carlo', 'prove'].map((kind) => [kind, 'queued', null]),
  );
  const wrong = await ask({ kind: 'sweep', search: { trials: 0 }, slices: 0 });
  expect([wrong.status, wrong.detail]).toEqual([400, expect.stringMatching(/search\.trials|slices/)]);
});

test('a run of high priority goes before the earlier ones of its team, and one of low priority behind', async () => {
  const body = await here.desk.request();
  const ask = (priority: string): Promise<Run> =>
    json(here.desk.ask('POST', '/api/runs', { body: { ...body, priority } }));
  const runs = [await ask('low'), await ask('normal'), await ask('high')];
  const shown = await json<Run[]>(here.desk.ask('GET', '/api/runs?limit=500'));
  const places = runs.map(({ id }) => shown.find((run) => run.id === id)?.waiting?.before ?? NaN);
  expect(runs.map(({ priority }) => priority)).toEqual(['low', 'normal', 'high']);
  expect([places[2], places[1]! < places[0]!]).toEqual([0, true]);
});

test('a run that waits past its deadline ends with a word of its own; a deadline that has passed is refused', async () => {
  const body = await here.desk.request();
  const deadline = new Date(Date.now() + 5_000).toISOString();
  const { id } = await json<Run>(here.desk.ask('POST', '/api/runs', { body: { ...body, deadline } }));
  let run: Run;
  do run = await json<Run>(here.desk.ask('GET', `/api/runs/${id}`));
  while (run.state === 'queued');
  expect([run.state, run.failure?.code, run.deadline]).toEqual(['failed', 'past-deadline', deadline]);
  expect(run.failure?.message).toContain(`still waiting at its deadline, ${deadline}`);
  const late = await json<Problem>(
    here.desk.ask('POST', '/api/runs', { body: { ...body, deadline: '2020-01-01T00:00:00Z' } }),
  );
  expect([late.status, late.detail]).toEqual([400, expect.stringContaining('2020-01-01T00:00:00Z has passed')]);
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

describe('a schedule', () => {
  async function scheduled(cron = '*/20 * * * *'): Promise<Schedule> {
    const run = await here.desk.run();
    return json(here.desk.ask('POST', '/api/schedules', { body: { runId: run.id, cron, timeZone: 'Europe/Berlin' } }));
  }

  const list = (): Promise<Schedule[]> => json(here.desk.ask('GET', '/api/schedules'));

  /** As if nobody had served it since then. */
  async function waitsSince({ id }: Schedule, since: string): Promise<void> {
    await here.api.database.inTeam(here.desk.person.team, (scope) =>
      scope.rows(`UPDATE schedule SET next_at = ${since} WHERE id = $1`, [id]),
    );
  }

  test('SAFETY bar 30: each time has its run once, though three schedulers serve it, and though nobody did for an hour', async () => {
    const schedule = await scheduled();
    await waitsSince(schedule, `date_trunc('hour', now()) - interval '1 hour'`);
    const limits = here.api.app.get(TeamLimits);
    const clocks = [1, 2].map(() => new ScheduleClock(here.api.database, limits, () => undefined));
    let now: Schedule | undefined;
    do {
      await Promise.all(clocks.map((clock) => clock.serveDue()));
      now = (await list()).find(({ id }) => id === schedule.id);
    } while (Date.parse(now?.nextAt ?? '') < Date.now());
    await Promise.all(clocks.map((clock) => clock.close()));
    const runs = await here.api.database.inTeam(here.desk.person.team, (scope) =>
      scope.rows<{ at: string; version: string; kind: string }>(
        `SELECT split_part(idempotency_key, ' ', 3) AS at, dataset_version AS version, kind FROM run
         WHERE starts_with(idempotency_key, $1) ORDER BY idempotency_key`,
        [`schedule ${schedule.id} `],
      ),
    );
    const times = runs.map(({ at }) => Date.parse(at));
    expect(times.slice(1).map((time, i) => time - times[i]!)).toEqual(times.slice(1).map(() => 20 * 60_000));
    expect([times.length >= 4, Date.parse(now?.lastAt ?? ''), Date.parse(now?.nextAt ?? '')]).toEqual([
      true,
      times.at(-1),
      times.at(-1)! + 20 * 60_000,
    ]);
    expect(new Set(runs.map(({ version, kind }) => `${kind} ${version}`))).toEqual(
      new Set([`backtest ${'d'.repeat(64)}`]),
    );
  });

  test('whose dataset is gone makes no run, says why, and waits for its next time', async () => {
    const { id, lastRunId: _, ...schedule } = await scheduled('0 6 * * *');
    const [row] = await here.api.database.inTeam(here.desk.person.team, (scope) =>
      scope.rows<{ dataset: string }>('SELECT dataset_id AS dataset FROM schedule WHERE id = $1', [id]),
    );
    await here.desk.ask('DELETE', `/api/datasets/${row!.dataset}`);
    await waitsSince({ id } as Schedule, `now() - interval '1 second'`);
    let now: Schedule | undefined;
    do now = (await list()).find((one) => one.id === id);
    while (now?.lastAt === null);
    expect([now?.lastRunId, now?.lastProblem, now?.nextAt]).toEqual([
      null,
      expect.stringContaining(row!.dataset),
      schedule.nextAt,
    ]);
  });

  test('is paused, goes on with a time to come, and is removed', async () => {
    const { id } = await scheduled();
    const set = (enabled: boolean): Promise<Schedule> =>
      json(here.desk.ask('PATCH', `/api/schedules/${id}`, { body: { enabled } }));
    expect(await set(false)).toMatchObject({ enabled: false, nextAt: null });
    expect(Date.parse((await set(true)).nextAt ?? '')).toBeGreaterThan(Date.now());
    expect(await status(here.desk.ask('DELETE', `/api/schedules/${id}`))).toBe(204);
    expect((await list()).some((one) => one.id === id)).toBe(false);
  });

  test.each([
    [{ cron: '61 * * * *' }, '"61 * * * *" is no time that cron knows'],
    [{ cron: '0 6 * * *', timeZone: 'Mars' }, '"Mars" is no time zone'],
  ])('is refused in words where it cannot be: %j', async (wrong, words) => {
    const run = await here.desk.run();
    const problem = await json<Problem>(here.desk.ask('POST', '/api/schedules', { body: { runId: run.id, ...wrong } }));
    expect([problem.status, problem.detail]).toEqual([400, expect.stringContaining(words)]);
  });
});

test('SAFETY bar 39: a link to an artifact is for that one object and for minutes, and stands in no log; without S3 it is a path of the API', async () => {
  const run = await here.desk.run();
  const stored = `teams/${here.desk.person.team}/runs/${run.id}/1/x/prices.csv`;
  await here.api.artifacts.put(stored, Buffer.from('a,b'), 'text/csv');
  const artifact = { name: 'цены "1".csv', key: stored, bytes: 3, contentType: 'text/csv' };
  await finishRun(here.api.worker, await here.desk.claimOf(run.id), { failure: null, artifacts: [artifact] });
  const path = `/api/runs/${run.id}/artifacts/${encodeURIComponent(artifact.name)}`;
  const answer = await here.desk.ask('GET', `${path}/link`);
  expect([answer.headers.get('cache-control'), await answer.json()]).toEqual([
    'no-store',
    { url: path, expiresAt: null, bytes: 3, contentType: 'text/csv' },
  ]);
  expect(await (await here.desk.ask('GET', path)).text()).toBe('a,b');

  const credentials = { accessKeyId: 'SPEC', secretAccessKey: 'SPEC' };
  const place = { bucket: 'quarry', endpoint: 'http://s3.inside', publicEndpoint: 'https://s3.example', region: 'eu' };
  const store = openArtifactStore({ kind: 's3', ...place, credentials, forcePathStyle: true });
  const member = { session: { team: { id: here.desk.person.team } } } as Member;
  const link = await new RunArtifacts(here.api.database, store).link(member, run.id, artifact.name);
  const { origin, pathname, searchParams } = new URL(link.url);
  expect([origin, pathname, searchParams.get('response-content-type'), link.bytes]).toEqual([
    'https://s3.example',
    `/quarry/${stored}`,
    'text/csv',
    3,
  ]);
  expect(searchParams.get('response-content-disposition')).toBe(
    `attachment; filename="______1_.csv"; filename*=UTF-8''${encodeURIComponent(artifact.name)}`,
  );
  expect([Number(searchParams.get('X-Amz-Expires')), Date.parse(link.expiresAt!) > Date.now()]).toEqual([300, true]);
  expect(here.api.logged.join('')).not.toContain('X-Amz-');
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
