import { expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { AuditEvent, Dataset, DatasetShare, DatasetVersion, Problem, Run, TeamUsage } from '@quarry/contracts';
import { acceptVersion, DatasetVersionEntity, finishRun, proposeVersion } from '@quarry/platform/database';
import { Desk, json, status } from '../testing/desk.js';
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

/** 2024-01-10, in microseconds. */
const january = Date.UTC(2024, 0, 10) * 1000;

/** Plays the worker: the dataset's ingest run ends with a version of this hash. */
async function ingested({ id, ingestRunId }: Dataset, letter: string, symbol = 'AAPL'): Promise<string> {
  const claim = await here.desk.claimOf(ingestRunId);
  const hash = letter.repeat(64);
  const info = {
    version: hash,
    series: [{ symbol, rows: 2, from: january, to: january + 20 * 86_400e6, columns: ['close', 'openInterest'] }],
    quality: {
      rowsRefused: 1,
      refused: [{ row: 7, reason: 'no price', text: '2024-01-11,secret' }],
      gaps: [{ symbol, from: january + 5 * 86_400e6, to: january + 10 * 86_400e6, missingBars: 4 }],
    },
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
    { from: '2024-01-30' },
    { to: '2024-01-10' },
    { from: '2024-01-31' },
    { to: '2024-01-09' },
    { from: '2024-01-16', to: '2024-01-19' },
    { from: '2024-01-15', to: '2024-01-19' },
    { from: '2024-01-16', to: '2024-01-20' },
    { from: '2023-01-01', to: '2025-01-01' },
    { search: 'brk', from: '2024-02-01' },
  ].map(found);
  expect(await Promise.all(days)).toEqual([true, true, false, false, false, true, true, true, false]);
  const wrong = await json<Problem>(here.desk.ask('GET', '/api/datasets?from=10.1.2024'));
  expect([wrong.status, wrong.detail]).toEqual([400, 'from: is not a date such as 2020-08-31']);
});

/** A team of this name, with an admin; and an admin of the team that has the datasets here. */
async function teamsThatShare(): Promise<{ lender: Desk; borrower: Desk; name: string }> {
  const name = `Borrowers ${randomUUID()}`;
  const borrower = new Desk(here.api, await here.api.person('admin'));
  await borrower.ask('PATCH', '/api/team', { body: { name } });
  return { lender: new Desk(here.api, await here.api.person('admin', here.desk.person.team)), borrower, name };
}

async function shared(letter: string) {
  const teams = await teamsThatShare();
  const dataset = await json<Dataset>(here.desk.upload(`Lent ${randomUUID()}`));
  const hash = await ingested(dataset, letter);
  const path = `/api/datasets/${dataset.id}`;
  const shares = await json<DatasetShare[]>(teams.lender.ask('POST', `${path}/shares`, { body: { team: teams.name } }));
  const { latestVersion: strategyVersion } = await teams.borrower.strategy();
  const run = { kind: 'backtest', strategyVersion, datasetId: dataset.id };
  const submit = (): Promise<Run> => json(teams.borrower.ask('POST', '/api/runs', { body: run }));
  const revoke = () => status(teams.lender.ask('DELETE', `${path}/shares/${teams.borrower.person.team}`));
  return { ...teams, dataset, hash, path, shares, run, submit, revoke };
}

const lastAction = async (desk: Desk): Promise<unknown> => {
  const [event] = await json<AuditEvent[]>(desk.ask('GET', '/api/audit?limit=1'));
  return [event?.action, event?.actor, event?.subject['team']];
};

test('a team that a dataset is shared with finds it, queries it and runs on it; both teams see the share, and their logs tell', async () => {
  const { lender, borrower, name, dataset, hash, path, shares, submit } = await shared('a');
  const [found] = await json<Dataset[]>(borrower.ask('GET', '/api/datasets?search=brk'));
  const [mine] = await json<Dataset[]>(borrower.ask('GET', '/api/datasets?search=aapl'));
  const query = await json<Run>(borrower.ask('POST', `${path}/query`, { body: { sql: 'FROM bars' } }));
  const run = await submit();
  const usage = await json<TeamUsage>(borrower.ask('GET', '/api/team/limits'));
  expect([found, mine?.lentBy, mine?.info?.version, shares.map(({ team }) => team)]).toEqual([
    undefined,
    'A team',
    hash,
    [name],
  ]);
  expect([query.state, run.state, run.datasetName, run.datasetLentBy, usage.used.storageBytes]).toEqual([
    'queued',
    'queued',
    dataset.name,
    'A team',
    0,
  ]);
  const claim = await borrower.claimOf(run.id);
  const read = await here.api.worker.inTeam(borrower.person.team, (scope) =>
    scope.repository(DatasetVersionEntity).findOneBy({ datasetId: dataset.id, hash: claim.datasetVersion ?? '' }),
  );
  expect([read?.teamId, await lastAction(lender)]).toEqual([
    here.desk.person.team,
    ['dataset-shared', lender.person.email, name],
  ]);
  const told = await json<AuditEvent[]>(borrower.ask('GET', '/api/audit?limit=20'));
  expect(told.find(({ action }) => action === 'dataset-lent')).toMatchObject({
    actor: 'an admin of A team',
    subject: { id: dataset.id, name: dataset.name, team: 'A team' },
  });
  expect(await status(borrower.upload(dataset.name))).toBe(201);
});

test('a shared dataset is read by the other team only: it changes, deletes and shares nothing of it', async () => {
  const { borrower, dataset, hash, path } = await shared('b');
  const upload = await borrower.beginUpload(3);
  await borrower.sendPiece(upload, 0, 'abc');
  const options = { name: 'x' };
  const answers = [
    borrower.ask('DELETE', path),
    borrower.ask('POST', `${path}/ingest`, { body: { options: {} } }),
    borrower.ask('POST', `/api/uploads/${upload.id}/dataset`, { body: { options, datasetId: dataset.id } }),
    borrower.ask('POST', `${path}/versions/${hash}/accept`),
    borrower.ask('DELETE', `${path}/versions/${hash}`),
    borrower.ask('GET', `${path}/shares`),
    borrower.ask('POST', `${path}/shares`, { body: { team: 'Quarry' } }),
    borrower.ask('DELETE', `${path}/shares/${borrower.person.team}`),
    borrower.ask('GET', `/api/runs/${dataset.ingestRunId}`),
  ];
  const [first, ...others] = await Promise.all(answers);
  expect([first!.status, ...(await Promise.all(others.map((answer) => status(Promise.resolve(answer)))))]).toEqual([
    ...[403, 403, 403, 403, 403, 403, 403, 403],
    404,
  ]);
  expect(((await first!.json()) as Problem).detail).toBe(
    `Dataset "${dataset.name}" is shared with your team by A team, to be read only. Ask them to change it, or upload the data as your own.`,
  );
  expect((await get(dataset.id)).info?.version).toBe(hash);
});

test('rows that were refused, and the file that a version came from, are told to the team that has the dataset alone', async () => {
  const { lender, borrower, dataset, path } = await shared('f');
  const told = async (desk: Desk) => {
    const [version] = await json<DatasetVersion[]>(desk.ask('GET', `${path}/versions`));
    const { info } = await json<Dataset>(desk.ask('GET', path));
    return [info?.quality.rowsRefused, info?.quality.refused, version?.origin?.runId];
  };
  const refused = [{ row: 7, reason: 'no price', text: '2024-01-11,secret' }];
  expect([await told(lender), await told(borrower)]).toEqual([
    [1, refused, dataset.ingestRunId],
    [1, [], undefined],
  ]);
});

test('a share that is taken back ends at once; what was found with it stays, and tells whose the data were', async () => {
  const { lender, borrower, dataset, path, run, submit, revoke } = await shared('c');
  const made = await submit();
  const answers = [await revoke(), await revoke()];
  const gone = [borrower.ask('GET', path), borrower.ask('POST', `${path}/query`, { body: { sql: 'FROM bars' } })];
  const problem = await json<Problem>(borrower.ask('POST', '/api/runs', { body: run }));
  const kept = await json<Run>(borrower.ask('GET', `/api/runs/${made.id}`));
  const claim = await borrower.claimOf(made.id);
  const read = await here.api.worker.inTeam(borrower.person.team, (scope) =>
    scope.repository(DatasetVersionEntity).findOneBy({ datasetId: dataset.id, hash: claim.datasetVersion ?? '' }),
  );
  expect([answers, await Promise.all(gone.map(status)), read]).toEqual([[204, 404], [404, 404], null]);
  expect([problem.status, problem.detail]).toEqual([
    404,
    `Dataset "${dataset.name}" of A team is deleted, or no longer shared with your team. Ask them, or choose another.`,
  ]);
  expect([kept.datasetName, kept.datasetLentBy]).toEqual([dataset.name, 'A team']);
  expect([await lastAction(lender), await lastAction(borrower)]).toEqual([
    ['dataset-unshared', lender.person.email, expect.stringContaining('Borrowers')],
    ['dataset-withdrawn', 'an admin of A team', 'A team'],
  ]);
});

test('SAFETY bar 48: the bytes of a dataset that its team deletes stay while a run of another team reads them', async () => {
  const { borrower, dataset, hash, path, submit } = await shared('d');
  const { id } = await submit();
  const isRead = async (): Promise<boolean | undefined> => {
    const [row] = await here.api.worker.inTeam(here.desk.person.team, (scope) =>
      scope.rows<{ yes: boolean }>('SELECT is_being_read($1, $2) AS yes', [dataset.id, hash]),
    );
    return row?.yes;
  };
  const deleted = await status(here.desk.ask('DELETE', path));
  const shown = await here.api.worker.inTeam(borrower.person.team, (scope) =>
    scope.repository(DatasetVersionEntity).findOneBy({ datasetId: dataset.id, hash }),
  );
  const during = await isRead();
  await borrower.ask('POST', `/api/runs/${id}/cancel`);
  expect([deleted, shown?.hash, during, await isRead()]).toEqual([204, hash, true, false]);
  expect(await status(borrower.ask('GET', path))).toBe(404);
});

test('a team that shared a dataset can be deleted; runs of the other one stay, with the name of the dataset', async () => {
  const { borrower } = await teamsThatShare();
  const lender = new Desk(here.api, await here.api.person('admin'));
  const dataset = await lender.dataset();
  const me = await json<{ name: string }>(borrower.ask('GET', '/api/team'));
  await lender.ask('POST', `/api/datasets/${dataset.id}/shares`, { body: { team: me.name } });
  const { latestVersion: strategyVersion } = await borrower.strategy();
  const body = { kind: 'backtest', strategyVersion, datasetId: dataset.id };
  const run = await json<Run>(borrower.ask('POST', '/api/runs', { body }));
  const deleted = await status(lender.ask('DELETE', '/api/team', { body: { name: 'A team' } }));
  const kept = await json<Run>(borrower.ask('GET', `/api/runs/${run.id}`));
  expect([run.datasetId, deleted, kept.datasetId, kept.datasetName]).toEqual([dataset.id, 204, null, dataset.name]);
});

test('a team to share with is named as it names itself, and is another one', async () => {
  const { lender, dataset, path, name } = await shared('e');
  const said = async (team: string) =>
    (await json<Problem>(lender.ask('POST', `${path}/shares`, { body: { team } }))).detail;
  const again = await json<DatasetShare[]>(lender.ask('POST', `${path}/shares`, { body: { team: name } }));
  expect([await said('Nobody at all'), await said(here.desk.person.team), again.length]).toEqual([
    'team: there is no team named "Nobody at all". Write its name as that team does.',
    `team: "${here.desk.person.team}" is your own, which has the dataset. Name another team.`,
    1,
  ]);
  await Promise.all([here.api.person('admin'), here.api.person('admin')]);
  expect(await said('A team')).toMatch(/^team: \d+ teams are named "A team"\. Ask the one you mean/);
  expect((await get(dataset.id)).lentBy).toBeNull();
});
