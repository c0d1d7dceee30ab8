import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type {
  Dataset,
  Problem,
  RetentionDue,
  Run,
  TeamLimits as OwnLimits,
  TeamRetention,
  TeamUsage,
} from '@quarry/contracts';
import { appendRunEvent, finishRun, recordTrials } from '@quarry/platform/database';
import { Desk, json, status } from '../testing/desk.js';
import { specDesk } from '../testing/spec-desk.js';
import type { Person } from '../testing/test-api.js';
import { RetentionRounds } from '../retention/retention-rounds.js';
import { RequestLimit } from './request-limit.js';
import { TeamLimits } from './team-limits.js';

const here = specDesk();
const none: OwnLimits = {
  userRequestsPerMinute: null,
  requestsPerMinute: null,
  concurrentSlices: null,
  workerSecondsPerDay: null,
  storageBytes: null,
};
let admin: Person;

beforeAll(async () => {
  admin = await here.api.person('admin', here.desk.person.team);
}, 30_000);

const set = (own: Partial<OwnLimits>, cookie = admin.cookie): Promise<Response> =>
  here.api.ask('PUT', '/api/team/limits', { cookie, body: { ...none, ...own } });

/** What is said to the first request that is refused. */
async function refusedAfter(ask: () => Promise<string | null>): Promise<string> {
  for (;;) {
    const words = await ask();
    if (words !== null) return words;
  }
}

describe('limits of a team', () => {
  test('everybody in it sees them, admins set them below what is allowed, and the log has it', async () => {
    const { limits, own } = await json<TeamUsage>(set({ concurrentSlices: 3 }));
    const seen = await json<TeamUsage>(here.desk.ask('GET', '/api/team/limits'));
    const [logged] = await json<{ action: string; subject: unknown }[]>(
      here.api.ask('GET', '/api/audit?limit=1', { cookie: admin.cookie }),
    );
    const tooMany = await json<Problem>(set({ concurrentSlices: 99_999 }));
    await set({});
    expect([limits.concurrentSlices, limits.storageBytes, own.concurrentSlices]).toEqual([3, 2 ** 30, 3]);
    expect(seen).toEqual({ limits, own, used: { concurrentSlices: 0, workerSecondsPerDay: 0, storageBytes: 0 } });
    expect(logged).toMatchObject({ action: 'limits-changed', subject: { concurrentSlices: '3' } });
    expect([tooMany.status, tooMany.detail]).toEqual([
      400,
      'concurrentSlices: 99999 is more than the 100 that whoever runs Quarry allows a team.',
    ]);
  });

  test('SAFETY bar 37: requests beyond a minute’s are answered 429 with the wait, shared by two instances of the API', async () => {
    const limited = await here.api.person('admin');
    await set({ requestsPerMinute: 10 }, limited.cookie);
    const allowance = { ...none, requestsPerMinute: 1e6, userRequestsPerMinute: 1e6 } as never;
    const { database } = here.api;
    const other = new RequestLimit(database, new TeamLimits(database, allowance));
    const session = { user: { id: limited.team }, team: { id: limited.team } };
    const elsewhere = await refusedAfter(() => other.take({ session } as never).then(() => null, String));
    // What this instance has taken ahead lapses within a second.
    let refused: Response | null = null;
    const answered = await refusedAfter(async () => {
      const answer = await here.api.ask('GET', '/api/runs', { cookie: limited.cookie });
      if (answer.status === 429) refused = answer;
      return answer.status === 429 ? ((await answer.json()) as Problem).detail : null;
    });
    const words = /Your team has made the 10 requests that a minute allows\. Try again in \d+ s\./;
    expect([elsewhere, answered]).toEqual([expect.stringMatching(words), expect.stringMatching(words)]);
    expect(Number((refused as Response | null)?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(await status(here.desk.ask('GET', '/api/runs'))).toBe(200);
  });

  test('a team that has used its worker-seconds of the day queues no run before midnight UTC', async () => {
    const run = await here.desk.run();
    await here.desk.claimOf(run.id);
    await here.api.worker.inTeam(here.desk.person.team, (scope) =>
      scope.rows(`UPDATE run SET started_at = now() - interval '1 hour' WHERE id = $1`, [run.id]),
    );
    const body = await here.desk.request();
    await set({ workerSecondsPerDay: 1 });
    const refused = await here.desk.ask('POST', '/api/runs', { body });
    const problem = (await refused.json()) as Problem;
    await set({});
    const wait = Number(refused.headers.get('retry-after'));
    expect([refused.status, problem.code, wait > 0 && wait <= 86_400]).toEqual([429, 'quota-used-up', true]);
    expect(problem.detail).toMatch(
      /^Your team has used its 1 worker-seconds of this day\. It has new ones from 00:00 UTC/,
    );
    expect(await status(here.desk.ask('POST', '/api/runs', { body }))).toBe(202);
  });

  test('an uploaded file counts as long as it is kept: once however often it is read, until a day after a reading that failed', async () => {
    const stored = async () => (await json<TeamUsage>(here.desk.ask('GET', '/api/team/limits'))).used.storageBytes;
    const before = await stored();
    const dataset = await json<Dataset>(here.desk.upload(randomUUID(), 'x'.repeat(50)));
    const fails = async (runId: string) =>
      finishRun(here.api.worker, await here.desk.claimOf(runId), {
        failure: { code: 'data-refused', message: 'no table', position: null, diagnostics: [] },
        artifacts: [],
      });
    await fails(dataset.ingestRunId);
    const again = await json<Dataset>(
      here.desk.ask('POST', `/api/datasets/${dataset.id}/ingest`, { body: { options: { symbol: 'A' } } }),
    );
    await fails(again.ingestRunId);
    const kept = await stored();
    await here.api.worker.inTeam(here.desk.person.team, (scope) =>
      scope.rows(`UPDATE run SET finished_at = now() - interval '25 hours' WHERE dataset_id = $1`, [dataset.id]),
    );
    expect([kept - before, (await stored()) - before]).toEqual([50, 0]);
  });

  test('a file that the team’s storage has no room for is refused before it is taken', async () => {
    await set({ storageBytes: 10 });
    const problem = await json<Problem>(here.desk.upload('too large'));
    await set({});
    expect([problem.status, problem.code, problem.detail]).toEqual([
      409,
      'storage-used-up',
      expect.stringContaining('of the 10 bytes that it may'),
    ]);
  });
});

describe('retention of a team', () => {
  const keepsAll = { runDays: null, runCount: null, logDays: null, versionDays: null, versionCount: null };
  /** An admin of a team of its own. */
  let desk: Desk;
  beforeEach(async () => {
    desk = new Desk(here.api, await here.api.person('admin'));
  });

  const ask = <T>(method: string, path: string, body?: object): Promise<T> =>
    json<T>(desk.ask(method, `/api/${path}`, body && { body }));
  const preview = (policy: object): Promise<RetentionDue> =>
    ask('POST', 'team/retention/preview', { ...keepsAll, ...policy });
  const asWorker = <T>(sql: string, values: readonly unknown[] = []): Promise<T[]> =>
    here.api.worker.inTeam(desk.person.team, (scope) => scope.rows<T>(sql, values));

  /** A backtest of this dataset that ended so many days ago, with an artifact of ten bytes and a line of log. */
  async function ended(daysAgo: number, datasetId: string): Promise<string> {
    const strategy = await desk.strategy();
    const body = { kind: 'backtest', strategyVersion: strategy.latestVersion, datasetId };
    const { id } = await ask<Run>('POST', 'runs', body);
    const artifact = { name: 'report.json', key: `of ${id}`, bytes: 10, contentType: 'application/json' };
    await finishRun(here.api.worker, await desk.claimOf(id), { failure: null, artifacts: [artifact] });
    await here.api.worker.inTeam(desk.person.team, (scope) => appendRunEvent(scope, id, { type: 'log', lines: [] }));
    await asWorker(`UPDATE run SET finished_at = now() - $2 * interval '1 day' WHERE id = $1`, [id, daysAgo]);
    return id;
  }

  /** A dataset's next version, as of so many days ago. */
  async function version(datasetId: string, hash: string, daysAgo: number): Promise<void> {
    await asWorker(
      `INSERT INTO dataset_version (team_id, dataset_id, hash, info, files, accepted_at)
       VALUES ($1, $2, $3, '{}', '[{"name":"a","key":"a","bytes":7}]', now() - $4 * interval '1 day')`,
      [desk.person.team, datasetId, hash.repeat(64), daysAgo],
    );
  }

  test('what would go is told first; then it goes, and a run that stays keeps its dataset version, the ledger its trials', async () => {
    const { id: datasetId } = await desk.dataset();
    await asWorker(`UPDATE dataset_version SET accepted_at = now() - interval '90 days'`);
    const [old, recent] = [await ended(60, datasetId), await ended(10, datasetId)];
    await version(datasetId, 'b', 80);
    const older = await ended(70, datasetId);
    await version(datasetId, 'c', 50);
    await here.api.worker.inTeam(desk.person.team, (scope) =>
      recordTrials(scope, 'f', [{ paramsHash: 'p', dataHash: 'd', sharpe: 1, observations: 9 }]),
    );
    const events = () =>
      asWorker<{ run: string; types: string[] }>(
        `SELECT run_id AS run, array_agg(DISTINCT body ->> 'type') AS types FROM run_event
         WHERE run_id = ANY ($1) GROUP BY run_id`,
        [[old, older, recent]],
      );

    const before = await ask<TeamRetention>('GET', 'team/retention');
    const policy = { ...keepsAll, runDays: 30, logDays: 5, versionDays: 20 };
    const would = await preview(policy);
    const untouched = await events();
    const set = await ask<TeamRetention>('PUT', 'team/retention', policy);
    const rounds = new RetentionRounds(here.api.database, (error) => {
      throw error;
    });
    await rounds.retainAll();
    await rounds.retainAll();
    await rounds.close();

    const due = { runs: 2, events: 1, versions: 1, bytes: 27 };
    expect([before, would, set]).toEqual([
      { policy: keepsAll, due: { runs: 0, events: 0, versions: 0, bytes: 0 } },
      due,
      { policy, due },
    ]);
    expect([untouched.length, await events()]).toEqual([3, [{ run: recent, types: ['state'] }]]);
    const versions = await asWorker(
      'SELECT left(hash, 1) AS hash, deleted_at IS NULL AS stays FROM dataset_version ORDER BY 1',
    );
    expect(versions).toEqual([
      { hash: 'b', stays: false },
      { hash: 'c', stays: true },
      { hash: 'd', stays: true },
    ]);
    const answers = await Promise.all([old, older, recent].map((id) => status(desk.ask('GET', `/api/runs/${id}`))));
    expect([answers, await asWorker('SELECT family FROM trial')]).toEqual([[404, 404, 200], [{ family: 'f' }]]);
    const log = await ask<{ actor: string; action: string; subject: object }[]>('GET', 'audit?limit=2');
    expect(log.map(({ actor, action, subject }) => [actor, action, subject])).toEqual([
      ['retention', 'retention-applied', { runs: '2', events: '1', versions: '1', bytes: '27' }],
      [desk.person.email, 'retention-changed', expect.objectContaining({ runDays: '30', runCount: 'keep all' })],
    ]);
  });

  test('a version that another team, which the dataset is shared with, has read stays; and is none of that team to let go', async () => {
    const { id: datasetId } = await desk.dataset();
    const borrower = new Desk(here.api, await here.api.person('admin'));
    const { team } = borrower.person;
    await ask('POST', `datasets/${datasetId}/shares`, { team });
    const { latestVersion: strategyVersion } = await borrower.strategy();
    const body = { kind: 'backtest', strategyVersion, datasetId };
    await json<Run>(borrower.ask('POST', '/api/runs', { body }));
    await asWorker(`UPDATE dataset_version SET accepted_at = now() - interval '90 days'`);
    await version(datasetId, 'b', 80);
    await version(datasetId, 'c', 50);
    const policy = { ...keepsAll, versionDays: 20 };
    const theirs = await json(borrower.ask('POST', '/api/team/retention/preview', { body: policy }));
    const nothing = { runs: 0, events: 0, versions: 0, bytes: 0 };
    expect([await preview(policy), theirs]).toEqual([{ ...nothing, versions: 1, bytes: 7 }, nothing]);
    await status(desk.ask('DELETE', `/api/datasets/${datasetId}/shares/${team}`));
    expect(await preview(policy)).toEqual({ ...nothing, versions: 1, bytes: 7 });
  });

  test('of many runs the newest stay, and those of the last day do whatever the policy says', async () => {
    const { id: datasetId } = await desk.dataset();
    for (const days of [9, 8, 0.5, 0.2]) await ended(days, datasetId);
    const due = await Promise.all([3, 1].map((runCount) => preview({ runCount })));
    expect(due.map(({ runs }) => runs)).toEqual([1, 2]);
  });

  test('what a run took over from an earlier one stays with it', async () => {
    const { id: datasetId } = await desk.dataset();
    const [first, second] = [await ended(60, datasetId), await ended(10, datasetId)];
    await asWorker('UPDATE artifact SET key = $1 WHERE run_id = $2', [`of ${first}`, second]);
    expect(await preview({ runDays: 30 })).toMatchObject({ runs: 1, bytes: 0 });
  });
});
