import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Dataset, Problem, TeamLimits as OwnLimits, TeamUsage } from '@quarry/contracts';
import { finishRun } from '@quarry/platform/database';
import { json, status } from '../testing/desk.js';
import { specDesk } from '../testing/spec-desk.js';
import type { Person } from '../testing/test-api.js';
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
