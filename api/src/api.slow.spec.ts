import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Problem, Run, Strategy, StrategyVersion, type Dataset, type StrategySource } from '@quarry/contracts';
import {
  claimSlice,
  DatasetVersionEntity,
  finishRun,
  underClaim,
  appendRunEvent,
  type Claim,
} from '@quarry/platform/database';
import { routesOf, type Route } from './docs/routes.js';
import { TestApi, type Person } from './testing/test-api.js';

let api: TestApi;
let quant: Person;
let viewer: Person;
let stranger: Person;

beforeAll(async () => {
  api = await TestApi.start(async (folder) => {
    const studio = join(folder, 'studio');
    await mkdir(studio);
    await writeFile(join(studio, 'index.html'), '<title>Studio</title>');
    await writeFile(join(studio, 'main-ABCD1234.js'), 'export {};');
    return studio;
  });
  quant = await api.person('quant');
  viewer = await api.person('viewer', quant.team);
  stranger = await api.person('admin');
}, 60_000);

afterAll(() => api.stop(), 30_000);

const source: StrategySource = { entry: 'strategy.ts', files: { 'strategy.ts': 'export default 1;' } };

async function json<T>(response: Promise<Response>): Promise<T> {
  return (await (await response).json()) as T;
}

async function status(response: Promise<Response>): Promise<number> {
  const answered = await response;
  await answered.body?.cancel();
  return answered.status;
}

function newStrategy(name = randomUUID()): Promise<Strategy> {
  return json<Strategy>(api.ask('POST', '/api/strategies', { cookie: quant.cookie, body: { name, source } }));
}

function upload(name: string, body = 'date,close\n2020-01-01,1\n', cookie = quant.cookie): Promise<Response> {
  const query = new URLSearchParams({ name, fileName: 'prices.csv' });
  return api.ask('POST', `/api/datasets?${query}`, { cookie, body, headers: { 'content-type': 'text/csv' } });
}

/** Claims a run's slice as a lane would. */
async function claimOf(runId: string): Promise<Claim> {
  const [slice] = await api.worker.inTeam(quant.team, (scope) =>
    scope.rows<{ id: string }>('SELECT id FROM slice WHERE run_id = $1', [runId]),
  );
  const claim = await claimSlice(api.worker, slice?.id ?? '', { worker: 'spec', leaseMs: 60_000 });
  if (!claim) throw new Error(`Run ${runId} cannot be claimed.`);
  return claim;
}

/** A dataset whose ingest run has succeeded. */
async function readyDataset(): Promise<Dataset> {
  const dataset = await json<Dataset>(upload(randomUUID()));
  await finishRun(api.worker, await claimOf(dataset.ingestRunId), {
    failure: null,
    artifacts: [],
    record: async (scope) => {
      const hash = 'd'.repeat(64);
      await scope
        .repository(DatasetVersionEntity)
        .insert({ teamId: quant.team, datasetId: dataset.id, hash, info: { version: hash } as never, files: [] });
    },
  });
  return dataset;
}

async function runRequest(): Promise<{ kind: string; strategyVersion: string; datasetId: string }> {
  const [strategy, dataset] = await Promise.all([newStrategy(), readyDataset()]);
  return { kind: 'backtest', strategyVersion: strategy.latestVersion, datasetId: dataset.id };
}

async function newRun(): Promise<Run> {
  return json<Run>(api.ask('POST', '/api/runs', { cookie: quant.cookie, body: await runRequest() }));
}

describe('SAFETY bar 31: who may do what', () => {
  const at = (route: Route): string =>
    route.path
      .replace('{hash}', 'a'.repeat(64))
      .replace('{name}', 'report.json')
      .replaceAll(/\{\w+\}/g, randomUUID());
  const ask = (route: Route, cookie?: string): Promise<number> =>
    status(api.ask(route.method.toUpperCase(), at(route), cookie === undefined ? {} : { cookie }));
  const changes = (route: Route): boolean => route.method !== 'get';

  test('every route is described, and stands in the published description', async () => {
    const routes = routesOf(api.app);
    const described = await json<{ paths: Record<string, Record<string, { summary: string }>> }>(
      api.ask('GET', '/docs/openapi.json'),
    );
    const missing = routes.filter((route) => !described.paths[route.path]?.[route.method]?.summary);
    expect([missing.map((route) => `${route.method} ${route.path}`), routes.length > 15]).toEqual([[], true]);
  });

  test('these routes need no session; every other answers 401 without one', async () => {
    const open: string[] = [];
    for (const route of routesOf(api.app)) if ((await ask(route)) !== 401) open.push(`${route.method} ${route.path}`);
    expect(open).toEqual(['post /api/session', 'get /health/live', 'get /health/ready']);
  });

  test('a viewer changes nothing but their own session', async () => {
    const refused: Record<string, number> = {};
    for (const route of routesOf(api.app)) {
      if (changes(route) && !route.path.startsWith('/api/session'))
        refused[`${route.method} ${route.path}`] = await ask(route, viewer.cookie);
    }
    expect(new Set(Object.values(refused))).toEqual(new Set([403]));
  });

  test("another team's things are not found, by whatever address", async () => {
    const run = await newRun();
    const strategy = await newStrategy();
    const dataset = await readyDataset();
    const paths = [
      ['GET', `/api/strategies/${strategy.id}`],
      ['GET', `/api/strategies/${strategy.id}/versions`],
      ['POST', `/api/strategies/${strategy.id}/versions`],
      ['GET', `/api/strategies/${strategy.id}/versions/${strategy.latestVersion}`],
      ['GET', `/api/datasets/${dataset.id}`],
      ['GET', `/api/runs/${run.id}`],
      ['POST', `/api/runs/${run.id}/cancel`],
      ['GET', `/api/runs/${run.id}/report`],
      ['GET', `/api/runs/${run.id}/artifacts/report.json`],
      ['GET', `/api/runs/${run.id}/events`],
    ] as const;
    const answers = await Promise.all(
      paths.map(([method, path]) =>
        status(api.ask(method, path, { cookie: stranger.cookie, ...(method === 'POST' ? { body: { source } } : {}) })),
      ),
    );
    expect(answers).toEqual(paths.map(() => 404));
    const byId = routesOf(api.app).filter((route) => route.path.includes('{id}'));
    expect(byId.length).toBe(paths.length);
  });

  test("another team's version or dataset cannot be run", async () => {
    const request = await runRequest();
    expect(await status(api.ask('POST', '/api/runs', { cookie: stranger.cookie, body: request }))).toBe(404);
  });

  test('a change without the header that other sites cannot send is refused', async () => {
    const response = await fetch(`${api.url}/api/strategies`, {
      method: 'POST',
      headers: { cookie: quant.cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'forged', source }),
    });
    expect(response.status).toBe(403);
  });
});

describe('sessions', () => {
  test('an unknown address and a wrong password get the same answer', async () => {
    const answers = await Promise.all(
      [`nobody-${randomUUID()}@example.com`, viewer.email].map(async (email) => {
        const response = await api.ask('POST', '/api/session', { body: { email, password: 'wrong' } });
        return [response.status, await response.text()];
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.[0]).toBe(401);
  });

  test('SAFETY bar 37: the eleventh try within a minute is refused, with the seconds to wait', async () => {
    const email = `flooded-${randomUUID()}@example.com`;
    const answers: number[] = [];
    for (let tried = 0; tried < 10; tried += 1)
      answers.push(await status(api.ask('POST', '/api/session', { body: { email, password: 'wrong' } })));
    const last = await api.ask('POST', '/api/session', { body: { email, password: 'wrong' } });
    expect([new Set(answers), last.status, Number(last.headers.get('retry-after')) > 0]).toEqual([
      new Set([401]),
      429,
      true,
    ]);
  });

  test('the cookie is out of reach of scripts and other sites, and ends with the session', async () => {
    const someone = await api.person('quant');
    const response = await api.ask('POST', '/api/session', {
      body: { email: someone.email, password: someone.password },
    });
    expect(response.headers.get('set-cookie')).toMatch(
      /^quarry_session=[\w-]{43}; Path=\/; Expires=.*; HttpOnly; SameSite=Strict$/,
    );
    const ended = await status(api.ask('DELETE', '/api/session', { cookie: someone.cookie }));
    expect([ended, await status(api.ask('GET', '/api/session', { cookie: someone.cookie }))]).toEqual([204, 401]);
  });

  test('neither passwords nor tokens reach the log', () => {
    const text = api.logged.join('');
    const secrets = [quant.password, quant.cookie.split('=')[1] ?? '', 'password_hash'];
    expect([api.logged.length > 0, secrets.filter((secret) => text.includes(secret))]).toEqual([true, []]);
  });
});

describe('strategies', () => {
  test('a saved text is a version; the same text again is the same version and the latest', async () => {
    const strategy = await newStrategy();
    const save = (text: string): Promise<StrategyVersion> =>
      json(
        api.ask('POST', `/api/strategies/${strategy.id}/versions`, {
          cookie: quant.cookie,
          body: { source: { ...source, files: { 'strategy.ts': text } } },
        }),
      );
    const second = await save('export default 2;');
    const again = await save('export default 1;');
    const now = await json<Strategy>(api.ask('GET', `/api/strategies/${strategy.id}`, { cookie: quant.cookie }));
    expect([second.number, again.number, now.versionCount, now.latestVersion]).toEqual([
      2,
      1,
      2,
      strategy.latestVersion,
    ]);
    expect(StrategyVersion.parse(second)).toEqual(second);
    const check = await json<Run>(api.ask('GET', `/api/runs/${second.checkRunId}`, { cookie: quant.cookie }));
    expect([check.kind, check.state, check.strategyVersion]).toEqual(['check', 'queued', second.hash]);
  });

  test('two strategies of a team have two names', async () => {
    const { name } = await newStrategy();
    const problem = await json<Problem>(
      api.ask('POST', '/api/strategies', { cookie: quant.cookie, body: { name, source } }),
    );
    expect([Problem.parse(problem).code, problem.status]).toEqual(['name-taken', 409]);
  });

  test('a source without its entry is refused with the place', async () => {
    const body = { name: 'broken', source: { entry: 'other.ts', files: source.files } };
    const problem = await json<Problem>(api.ask('POST', '/api/strategies', { cookie: quant.cookie, body }));
    expect([problem.code, problem.issues]).toEqual([
      'bad-request',
      [{ path: 'source', message: 'The entry is not among the files.' }],
    ]);
  });
});

describe('datasets', () => {
  test('an upload lies in the artifact store, and its ingest run waits', async () => {
    const dataset = await json<Dataset>(upload('uploaded'));
    const { work } = await claimOf(dataset.ingestRunId);
    const stored =
      work.kind === 'ingest' && work.input.from === 'upload' ? await api.artifacts.read(work.input.key) : null;
    const text = stored ? await new Response(stored.body as never).text() : null;
    expect([dataset.info, text]).toEqual([null, 'date,close\n2020-01-01,1\n']);
    expect(await status(upload('uploaded'))).toBe(409);
  });

  test('a file over the limit is refused, announced or not, and leaves nothing', async () => {
    const before = await api.artifacts.list(`teams/${quant.team}/uploads`);
    const announced = await upload('too large', 'x'.repeat(1_048_577));
    const chunks = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode('x'.repeat(65_536)));
      },
    });
    const streamed = await fetch(`${api.url}/api/datasets?name=endless&fileName=a.csv`, {
      method: 'POST',
      headers: { 'x-quarry': '1', cookie: quant.cookie },
      body: chunks,
      duplex: 'half',
    } as RequestInit).then(
      (response) => response.status,
      () => 'broken off',
    );
    expect(announced.status).toBe(413);
    expect([413, 'broken off']).toContain(streamed);
    expect(await api.artifacts.list(`teams/${quant.team}/uploads`)).toEqual(before);
  });
});

describe('runs', () => {
  test('a run of a dataset without data is refused with the way out', async () => {
    const [strategy, dataset] = await Promise.all([newStrategy(), json<Dataset>(upload(randomUUID()))]);
    const body = { kind: 'backtest', strategyVersion: strategy.latestVersion, datasetId: dataset.id };
    const problem = await json<Problem>(api.ask('POST', '/api/runs', { cookie: quant.cookie, body }));
    expect([problem.code, problem.detail]).toEqual([
      'dataset-not-ready',
      expect.stringContaining('Wait for its ingest run'),
    ]);
  });

  test('a run is shown as its contract says, with the defaults of its options', async () => {
    const run = await newRun();
    expect([Run.parse(run), run.state, run.options?.settings.cash]).toEqual([run, 'queued', 100_000]);
    const listed = await json<Run[]>(
      api.ask('GET', `/api/runs?strategyId=${run.strategyId ?? ''}&kind=backtest&limit=5`, { cookie: quant.cookie }),
    );
    expect(listed).toEqual([run]);
  });

  test('SAFETY bar 27: one idempotency key, fifty times at once, is one run; with another body it is refused', async () => {
    const body = await runRequest();
    const headers = { 'idempotency-key': randomUUID() };
    const runs = await Promise.all(
      Array.from({ length: 50 }, () =>
        json<Run>(api.ask('POST', '/api/runs', { cookie: quant.cookie, body, headers })),
      ),
    );
    const other = await json<Problem>(
      api.ask('POST', '/api/runs', { cookie: quant.cookie, body: { ...body, fresh: true }, headers }),
    );
    expect([new Set(runs.map((run) => run.id)).size, other.status, other.code]).toEqual([
      1,
      409,
      'idempotency-key-reused',
    ]);
  });

  test('SAFETY bar 10: a waiting run is cancelled at once, again without effect, and a finished one not at all', async () => {
    const run = await newRun();
    const cancel = (id: string): Promise<Run & Problem> =>
      json(api.ask('POST', `/api/runs/${id}/cancel`, { cookie: quant.cookie }));
    expect([(await cancel(run.id)).state, (await cancel(run.id)).state]).toEqual(['cancelled', 'cancelled']);
    const finished = await newRun();
    await finishRun(api.worker, await claimOf(finished.id), { failure: null, artifacts: [] });
    expect((await cancel(finished.id)).code).toBe('run-already-finished');
  });

  test('artifacts are served whole and by range, as files that cannot act here', async () => {
    const run = await newRun();
    const key = `teams/${quant.team}/runs/${run.id}/1/x/a.txt`;
    await api.artifacts.put(key, Buffer.from('0123456789'), 'text/plain');
    await finishRun(api.worker, await claimOf(run.id), {
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
});

describe('events', () => {
  interface Heard {
    readonly id: string | null;
    readonly data: { readonly type: string; readonly state?: string; readonly done?: number };
  }

  /** Reads events until the stream ends, or enough came. */
  async function heard(runId: string, lastEventId?: string, enough = Infinity): Promise<Heard[]> {
    const controller = new AbortController();
    const response = await fetch(`${api.url}/api/runs/${runId}/events`, {
      headers: { cookie: quant.cookie, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) },
      signal: controller.signal,
    });
    const events: Heard[] = [];
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (data !== undefined)
          events.push({ id: /^id: (.*)$/m.exec(block)?.[1] ?? null, data: JSON.parse(data) as Heard['data'] });
      }
      if (events.length >= enough) {
        controller.abort();
        return events;
      }
    }
    return events;
  }

  test('a stream that breaks and resumes by Last-Event-ID loses nothing and repeats nothing', async () => {
    const run = await newRun();
    const claim = await claimOf(run.id);
    const lines = Array.from({ length: 30 }, (_, bar) => ({
      level: 'log' as const,
      text: `line ${bar}`,
      bar,
      time: null,
      file: null,
      line: null,
    }));
    const writing = (async () => {
      for (const line of lines)
        await underClaim(api.worker, claim, (scope) => appendRunEvent(scope, run.id, { type: 'log', lines: [line] }));
      await finishRun(api.worker, claim, { failure: null, artifacts: [] });
    })();
    const ids: string[] = [];
    let last: Heard | undefined;
    while (last?.data.state !== 'succeeded') {
      const events = await heard(run.id, ids.at(-1), 7);
      ids.push(...events.map((event) => event.id ?? ''));
      last = events.at(-1);
    }
    await writing;
    expect(ids).toEqual(Array.from({ length: 33 }, (_, index) => String(index + 1)));
  });

  test('the whole story of a run that has ended can be read later, and then there is nothing more to come', async () => {
    const run = await newRun();
    await finishRun(api.worker, await claimOf(run.id), { failure: null, artifacts: [] });
    const events = await heard(run.id);
    expect(events.map(({ id, data }) => [id, data.state])).toEqual([
      ['1', 'queued'],
      ['2', 'running'],
      ['3', 'succeeded'],
    ]);
    expect(
      await status(
        api.ask('GET', `/api/runs/${run.id}/events`, { cookie: quant.cookie, headers: { 'last-event-id': '3' } }),
      ),
    ).toBe(204);
  });

  test('progress comes without a number and is not replayed', async () => {
    const run = await newRun();
    const claim = await claimOf(run.id);
    const sending = setInterval(() => {
      void api.worker.notify('quarry_progress', `${run.id} {"type":"progress","phase":"run","done":0.5}`);
    }, 20);
    const live = await heard(run.id, undefined, 3);
    clearInterval(sending);
    await finishRun(api.worker, claim, { failure: null, artifacts: [] });
    expect(live[2]).toEqual({ id: null, data: { type: 'progress', phase: 'run', done: 0.5 } });
    expect((await heard(run.id)).filter((event) => event.data.type === 'progress')).toEqual([]);
  });
});

describe('the studio and the rest', () => {
  const policy =
    "default-src 'self';script-src 'self';worker-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data:;font-src 'self' data:;connect-src 'self';object-src 'none';base-uri 'self';form-action 'self';frame-ancestors 'none'";

  test.each(['/', '/strategies/some', '/main-ABCD1234.js', '/api/session', '/docs'])(
    'SAFETY bar 38: %s carries the enforced policy',
    async (path) => {
      const response = await api.ask('GET', path);
      expect(response.headers.get('content-security-policy')).toBe(policy);
    },
  );

  test('an address of the studio gets its page, a hashed file is kept for a year, an unknown API address is a problem', async () => {
    const page = await api.ask('GET', '/strategies/some');
    const script = await api.ask('GET', '/main-ABCD1234.js');
    const unknown = await json<Problem>(api.ask('GET', '/api/nothing', { cookie: quant.cookie }));
    expect([await page.text(), page.headers.get('cache-control')]).toEqual(['<title>Studio</title>', 'no-cache']);
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect([unknown.code, unknown.status]).toEqual(['not-found', 404]);
  });

  test('a body that is no JSON, or far too large, is refused in words', async () => {
    const send = (body: string): Promise<Problem> => json(api.ask('POST', '/api/session', { body }));
    expect([(await send('{')).code, (await send(`"${'x'.repeat(9_000_000)}"`)).code]).toEqual([
      'bad-request',
      'too-large',
    ]);
  });

  test('health tells of every part', async () => {
    const health = await json<{ status: string; parts: object }>(api.ask('GET', '/health/ready'));
    expect([health.status, Object.keys(health.parts)]).toEqual(['ok', ['database', 'queue', 'artifacts']]);
  });
});
