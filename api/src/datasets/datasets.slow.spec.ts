import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Dataset } from '@quarry/contracts';
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

test('an upload lies in the artifact store, and its ingest run waits', async () => {
  const dataset = await json<Dataset>(desk.upload('uploaded'));
  const { work } = await desk.claimOf(dataset.ingestRunId);
  const stored =
    work.kind === 'ingest' && work.input.from === 'upload' ? await api.artifacts.read(work.input.key) : null;
  const text = stored ? await new Response(stored.body as never).text() : null;
  expect([dataset.info, text]).toEqual([null, 'date,close\n2020-01-01,1\n']);
  expect(await status(desk.upload('uploaded'))).toBe(409);
});

test('a file over the limit is refused, announced or not, and leaves nothing', async () => {
  const before = await api.artifacts.list(`teams/${quant.team}/uploads`);
  const announced = await desk.upload('too large', 'x'.repeat(1_048_577));
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

test('a name whose file could not be ingested may be used again, for the same dataset', async () => {
  const name = randomUUID();
  const first = await json<Dataset>(desk.upload(name));
  await desk.ask('POST', `/api/runs/${first.ingestRunId}/cancel`);
  const second = await json<Dataset>(desk.upload(name));
  expect([second.id, second.ingestRunId === first.ingestRunId, await status(desk.upload(name))]).toEqual([
    first.id,
    false,
    409,
  ]);
});
