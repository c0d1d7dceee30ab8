import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { appendRunEvent, finishRun, underClaim } from '@quarry/platform/database';
import { Desk, status } from '../testing/desk.js';
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
  const run = await desk.run();
  const claim = await desk.claimOf(run.id);
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
  const run = await desk.run();
  await finishRun(api.worker, await desk.claimOf(run.id), { failure: null, artifacts: [] });
  const events = await heard(run.id);
  expect(events.map(({ id, data }) => [id, data.state])).toEqual([
    ['1', 'queued'],
    ['2', 'running'],
    ['3', 'succeeded'],
  ]);
  expect(await status(desk.ask('GET', `/api/runs/${run.id}/events`, { headers: { 'last-event-id': '3' } }))).toBe(204);
});

test('progress comes without a number and is not replayed', async () => {
  const run = await desk.run();
  const claim = await desk.claimOf(run.id);
  const sending = setInterval(() => {
    void api.worker.notify('quarry_progress', `${run.id} {"type":"progress","phase":"run","done":0.5}`);
  }, 20);
  const live = await heard(run.id, undefined, 3);
  clearInterval(sending);
  await finishRun(api.worker, claim, { failure: null, artifacts: [] });
  expect(live[2]).toEqual({ id: null, data: { type: 'progress', phase: 'run', done: 0.5 } });
  expect((await heard(run.id)).filter((event) => event.data.type === 'progress')).toEqual([]);
});
