import { expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Dataset, DatasetVersion, Problem } from '@quarry/contracts';
import { acceptVersion, finishRun, proposeVersion } from '@quarry/platform/database';
import { json, status } from '../testing/desk.js';
import { specDesk } from '../testing/spec-desk.js';

const here = specDesk();

test('an upload lies in the artifact store, and its ingest run waits', async () => {
  const dataset = await json<Dataset>(here.desk.upload('uploaded'));
  const { work } = await here.desk.claimOf(dataset.ingestRunId);
  const stored =
    work.kind === 'ingest' && work.input.from === 'upload' ? await here.api.artifacts.read(work.input.keys[0]!) : null;
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

/** Plays the worker: the dataset's ingest run ends with a version of this hash. */
/** 2024-01-10, in microseconds. */
const january = Date.UTC(2024, 0, 10) * 1000;

async function ingested({ id, ingestRunId }: Dataset, letter: string, symbol = 'AAPL'): Promise<string> {
  const claim = await here.desk.claimOf(ingestRunId);
  const hash = letter.repeat(64);
  const info = {
    version: hash,
    series: [{ symbol, rows: 2, from: january, to: january + 86_400e6, columns: ['close', 'openInterest'] }],
  } as never;
  const origin = { runId: ingestRunId, from: 'prices.csv', options: { name: 'x' }, createdBy: null };
  await finishRun(here.api.worker, claim, {
    failure: null,
    artifacts: [],
    record: async (scope) => {
      await proposeVersion(scope, { datasetId: id, info, files: [], origin });
      if (claim.work.kind === 'ingest' && claim.work.accept !== false) await acceptVersion(scope, id, hash);
    },
  });
  return hash;
}

const get = (id: string): Promise<Dataset> => json(here.desk.ask('GET', `/api/datasets/${id}`));

async function versions(id: string): Promise<unknown[]> {
  const listed = await json<DatasetVersion[]>(here.desk.ask('GET', `/api/datasets/${id}/versions`));
  const stateOf = ({ acceptedAt, deletedAt }: DatasetVersion) =>
    acceptedAt === null ? 'proposed' : deletedAt === null ? 'accepted' : 'deleted';
  return listed.map((version) => [version.hash[0], stateOf(version), version.previous?.[0] ?? null, version.runs]);
}

test('a proposal is no data until somebody accepts it; corrected, it is read again without another upload', async () => {
  const dataset = await json<Dataset>(here.desk.upload(randomUUID(), 'x', 'false'));
  await ingested(dataset, 'a');
  const proposed = await get(dataset.id);
  const { strategyVersion } = await here.desk.request();
  const run = { kind: 'backtest', strategyVersion, datasetId: dataset.id };
  const early = await json<Problem>(here.desk.ask('POST', '/api/runs', { body: run }));

  const options = { timezone: 'America/New_York' };
  const again = await json<Dataset>(
    here.desk.ask('POST', `/api/datasets/${dataset.id}/ingest`, { body: { options, accept: false } }),
  );
  const busy = await status(here.desk.ask('POST', `/api/datasets/${dataset.id}/ingest`, { body: { options } }));
  const hash = await ingested(again, 'b');
  const between = await versions(dataset.id);
  const accepted = await status(here.desk.ask('POST', `/api/datasets/${dataset.id}/versions/${hash}/accept`));
  const after = await get(dataset.id);

  expect([proposed.info, proposed.proposal?.version[0], early.detail]).toEqual([
    null,
    'a',
    `Dataset "${dataset.name}" has no data yet. Accept what its ingest run proposes.`,
  ]);
  expect([again.name, busy, between, accepted]).toEqual([dataset.name, 409, [['b', 'proposed', null, 0]], 200]);
  expect([after.info?.version, after.proposal]).toEqual([hash, null]);
  expect(await status(here.desk.ask('POST', '/api/runs', { body: run }))).toBe(202);
});

test('versions follow one another, each with the one before it; going back to one makes it the newest', async () => {
  const dataset = await json<Dataset>(here.desk.upload(randomUUID()));
  const first = await ingested(dataset, '1');
  for (const letter of ['2', '2']) {
    const upload = await here.desk.beginUpload(3);
    await here.desk.sendPiece(upload, 0, 'abc');
    const body = { options: { name: 'is the dataset’s own' }, datasetId: dataset.id };
    await ingested(await json<Dataset>(here.desk.ask('POST', `/api/uploads/${upload.id}/dataset`, { body })), letter);
  }
  const two = await versions(dataset.id);
  await here.desk.ask('POST', `/api/datasets/${dataset.id}/versions/${first}/accept`);
  expect([two, await versions(dataset.id)]).toEqual([
    [
      ['2', 'accepted', '1', 0],
      ['1', 'accepted', null, 0],
    ],
    [
      ['1', 'accepted', '2', 0],
      ['2', 'accepted', '1', 0],
    ],
  ]);
});

test('SAFETY bar 48: a deleted dataset is found by no new run, keeps those that used it, and frees its name', async () => {
  const dataset = await json<Dataset>(here.desk.upload(randomUUID()));
  const hash = await ingested(dataset, 'c');
  const { strategyVersion } = await here.desk.request();
  const run = { kind: 'backtest', strategyVersion, datasetId: dataset.id };
  const { id } = await json<{ id: string }>(here.desk.ask('POST', '/api/runs', { body: run }));
  const used = await versions(dataset.id);
  const deleted = await status(here.desk.ask('DELETE', `/api/datasets/${dataset.id}`));
  const kept = await json<{ datasetName: string; state: string }>(here.desk.ask('GET', `/api/runs/${id}`));
  const claim = await here.desk.claimOf(id);
  expect([used, deleted, kept.datasetName, kept.state, claim.datasetVersion]).toEqual([
    [['c', 'accepted', null, 1]],
    204,
    dataset.name,
    'queued',
    hash,
  ]);
  const after = [
    here.desk.ask('POST', '/api/runs', { body: run }),
    here.desk.ask('GET', `/api/datasets/${dataset.id}`),
    here.desk.upload(dataset.name),
  ];
  expect(await Promise.all(after.map(status))).toEqual([404, 404, 201]);
});

test('SAFETY bar 48: a deleted version is read by no new run, which gets the one before it', async () => {
  const dataset = await json<Dataset>(here.desk.upload(randomUUID()));
  const hash = await ingested(dataset, 'e');
  const path = `/api/datasets/${dataset.id}/versions/${hash}`;
  const answers = [await status(here.desk.ask('DELETE', path)), await status(here.desk.ask('DELETE', path))];
  const accept = await status(here.desk.ask('POST', `${path}/accept`));
  expect([answers, accept, (await get(dataset.id)).info, await versions(dataset.id)]).toEqual([
    [204, 404],
    404,
    null,
    [['e', 'deleted', null, 0]],
  ]);
  const again = await json<Dataset>(
    here.desk.ask('POST', `/api/datasets/${dataset.id}/ingest`, { body: { options: {} } }),
  );
  await ingested(again, 'e');
  expect(await versions(dataset.id)).toEqual([['e', 'accepted', null, 0]]);
});

test('datasets are found by a part of their name, of a symbol or of a column, in whatever case, and by the days of their bars', async () => {
  const dataset = await json<Dataset>(here.desk.upload(`Equities ${randomUUID()}`));
  await ingested(dataset, 'f', 'BRK/B');
  const found = async (query: Record<string, string>) => {
    const list = await json<Dataset[]>(here.desk.ask('GET', `/api/datasets?${new URLSearchParams(query)}`));
    return list.some(({ id }) => id === dataset.id);
  };
  const words = ['equities', 'brk/', 'INTEREST', "%' OR true", 'EURUSD'].map((search) => found({ search }));
  expect(await Promise.all(words)).toEqual([true, true, true, false, false]);
  const days = [
    { from: '2024-01-11' },
    { to: '2024-01-10' },
    { from: '2024-01-12' },
    { to: '2024-01-09' },
    { from: '2023-01-01', to: '2025-01-01' },
    { search: 'brk', from: '2024-02-01' },
  ].map(found);
  expect(await Promise.all(days)).toEqual([true, true, false, false, true, false]);
  const wrong = await json<Problem>(here.desk.ask('GET', '/api/datasets?from=10.1.2024'));
  expect([wrong.status, wrong.detail]).toEqual([400, 'from: is not a date such as 2020-08-31']);
});
