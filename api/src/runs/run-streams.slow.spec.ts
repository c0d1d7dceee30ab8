import { expect, test } from '@jest/globals';
import { appendRunEvent, finishRun, underClaim } from '@quarry/platform/database';
import { status } from '../testing/desk.js';
import { specDesk } from '../testing/spec-desk.js';

const here = specDesk();

interface Heard {
  readonly id: string | null;
  readonly data: { readonly type: string; readonly state?: string; readonly done?: number };
}

/** Reads events until the stream ends, or enough came. */
async function heard(runId: string, lastEventId?: string, enough = Infinity): Promise<Heard[]> {
  const controller = new AbortController();
  const response = await fetch(`${here.api.url}/api/runs/${runId}/events`, {
    headers: {
      cookie: here.desk.person.cookie,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
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
  const run = await here.desk.run();
  const claim = await here.desk.claimOf(run.id);
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
      await underClaim(here.api.worker, claim, (scope) =>
        appendRunEvent(scope, run.id, { type: 'log', lines: [line] }),
      );
    await finishRun(here.api.worker, claim, { failure: null, artifacts: [] });
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
  const run = await here.desk.run();
  await finishRun(here.api.worker, await here.desk.claimOf(run.id), { failure: null, artifacts: [] });
  const events = await heard(run.id);
  expect(events.map(({ id, data }) => [id, data.state])).toEqual([
    ['1', 'queued'],
    ['2', 'running'],
    ['3', 'succeeded'],
  ]);
  expect(await status(here.desk.ask('GET', `/api/runs/${run.id}/events`, { headers: { 'last-event-id': '3' } }))).toBe(
    204,
  );
});

test.each([
  ['99999999999999999999', 204],
  ['Infinity', 400],
  ['-1', 400],
])('a stream that ended and is resumed after event %s answers %d', async (lastEvent, expected) => {
  const run = await here.desk.run();
  await here.desk.ask('POST', `/api/runs/${run.id}/cancel`);
  const headers = { 'last-event-id': lastEvent };
  expect(await status(here.desk.ask('GET', `/api/runs/${run.id}/events`, { headers }))).toBe(expected);
});

test('a stream ends with the session that opened it, within seconds, and is not opened again', async () => {
  const someone = await here.api.person('viewer', here.desk.person.team);
  const run = await here.desk.run();
  const ask = (method: string, path: string): Promise<Response> =>
    here.api.ask(method, path, { cookie: someone.cookie });
  const stream = await ask('GET', `/api/runs/${run.id}/events`);
  await ask('DELETE', '/api/session');
  const text = await stream.text();
  expect([text.includes('"queued"'), await status(ask('GET', `/api/runs/${run.id}/events`))]).toEqual([true, 401]);
});

test('progress comes without a number and is not replayed', async () => {
  const run = await here.desk.run();
  const claim = await here.desk.claimOf(run.id);
  const sending = setInterval(() => {
    void here.api.worker.notify('quarry_progress', `${run.id} {"type":"progress","phase":"run","done":0.5}`);
  }, 20);
  const live = await heard(run.id, undefined, 3);
  clearInterval(sending);
  await finishRun(here.api.worker, claim, { failure: null, artifacts: [] });
  expect(live[2]).toEqual({ id: null, data: { type: 'progress', phase: 'run', done: 0.5 } });
  expect((await heard(run.id)).filter((event) => event.data.type === 'progress')).toEqual([]);
});
