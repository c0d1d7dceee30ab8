import { expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Dataset } from '@quarry/contracts';
import { json, status } from '../testing/desk.js';
import { specDesk } from '../testing/spec-desk.js';

const here = specDesk();

test('an upload lies in the artifact store, and its ingest run waits', async () => {
  const dataset = await json<Dataset>(here.desk.upload('uploaded'));
  const { work } = await here.desk.claimOf(dataset.ingestRunId);
  const stored =
    work.kind === 'ingest' && work.input.from === 'upload' ? await here.api.artifacts.read(work.input.key) : null;
  const text = stored ? await new Response(stored.body as never).text() : null;
  expect([dataset.info, text]).toEqual([null, 'date,close\n2020-01-01,1\n']);
  expect(await status(here.desk.upload('uploaded'))).toBe(409);
});

test('a file over the limit is refused, announced or not, and leaves nothing', async () => {
  const before = await here.api.artifacts.list(`teams/${here.desk.person.team}/uploads`);
  const announced = await here.desk.upload('too large', 'x'.repeat(1_048_577));
  const chunks = new ReadableStream({
    pull(controller) {
      controller.enqueue(new TextEncoder().encode('x'.repeat(65_536)));
    },
  });
  const streamed = await fetch(`${here.api.url}/api/datasets?name=endless&fileName=a.csv`, {
    method: 'POST',
    headers: { 'x-quarry': '1', cookie: here.desk.person.cookie },
    body: chunks,
    duplex: 'half',
  } as RequestInit).then(
    (response) => response.status,
    () => 'broken off',
  );
  expect(announced.status).toBe(413);
  expect([413, 'broken off']).toContain(streamed);
  expect(await here.api.artifacts.list(`teams/${here.desk.person.team}/uploads`)).toEqual(before);
});

test('a name whose file could not be ingested may be used again, for the same dataset', async () => {
  const name = randomUUID();
  const first = await json<Dataset>(here.desk.upload(name));
  await here.desk.ask('POST', `/api/runs/${first.ingestRunId}/cancel`);
  const second = await json<Dataset>(here.desk.upload(name));
  expect([second.id, second.ingestRunId === first.ingestRunId, await status(here.desk.upload(name))]).toEqual([
    first.id,
    false,
    409,
  ]);
});
