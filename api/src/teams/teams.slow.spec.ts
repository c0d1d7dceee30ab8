import { beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type {
  AuditEvent,
  AuditVerdict,
  Invitation,
  OneTimeLink,
  OpenedInvitation,
  Problem,
  Session,
  Team,
} from '@quarry/contracts';
import { Desk, json, status } from '../testing/desk.js';
import { specDesk } from '../testing/spec-desk.js';
import { cookiesOf, type Person } from '../testing/test-api.js';

const here = specDesk();
const password = 'twelve letters and more';
let admin: Person;

beforeEach(async () => {
  admin = await here.api.person('admin');
});

function ask(method: string, path: string, body?: unknown, cookie = admin.cookie): Promise<Response> {
  return here.api.ask(method, path, { cookie, ...(body === undefined ? {} : { body }) });
}

const team = (cookie = admin.cookie): Promise<Team> => json<Team>(ask('GET', '/api/team', undefined, cookie));
const idOf = async ({ email }: Person): Promise<string> =>
  (await team()).members.find((member) => member.email === email)?.id ?? '';
const tokenOf = ({ path }: OneTimeLink): string => path.split('#')[1] ?? '';

async function invite(email: string, role = 'quant'): Promise<string> {
  return tokenOf(await json<OneTimeLink>(ask('POST', '/api/team/invitations', { email, role })));
}

describe('invitations', () => {
  test('one who is invited sees where, makes the account, and is in; the link is then used up', async () => {
    const email = `${randomUUID()}@example.com`;
    const token = await invite(email, 'viewer');
    const opened = await json<OpenedInvitation>(here.api.ask('POST', '/api/invitation/open', { body: { token } }));
    const answer = await here.api.ask('POST', '/api/invitation/sign-up', { body: { token, name: 'Bob', password } });
    const session = (await answer.json()) as Session;
    const again = await json<Problem>(
      here.api.ask('POST', '/api/invitation/sign-up', { body: { token, name: 'Bob', password } }),
    );
    expect(opened).toEqual({ email, role: 'viewer', team: 'A team', known: false });
    expect([session.user.email, session.team.id, session.role]).toEqual([email, admin.team, 'viewer']);
    expect([again.status, again.code]).toEqual([410, 'link-not-valid']);
  });

  test('one who has an account accepts by signing in with the address that was invited, and no other', async () => {
    const other = await here.api.person('quant');
    const token = await invite(other.email.toUpperCase());
    const opened = await json<OpenedInvitation>(here.api.ask('POST', '/api/invitation/open', { body: { token } }));
    const stranger = await here.api.person('quant');
    const refused = await status(ask('POST', '/api/invitation/accept', { token }, stranger.cookie));
    const signUp = await status(
      here.api.ask('POST', '/api/invitation/sign-up', { body: { token, name: 'B', password } }),
    );
    const stillIn = await status(ask('GET', '/api/session', undefined, stranger.cookie));
    const accepted = await json<Session>(ask('POST', '/api/invitation/accept', { token }, other.cookie));
    expect([opened.known, refused, signUp, stillIn]).toEqual([true, 403, 409, 200]);
    expect([accepted.team.id, accepted.role]).toEqual([admin.team, 'quant']);
  });

  test('a second one takes the place of the first; one that is withdrawn, expired or made up is refused', async () => {
    const email = `${randomUUID()}@example.com`;
    const [first, second] = [await invite(email), await invite(email)];
    const open = (token: string): Promise<number> =>
      status(here.api.ask('POST', '/api/invitation/open', { body: { token } }));
    const before = [await open(first), await open(second)];
    const [listed] = await json<Invitation[]>(ask('GET', '/api/team/invitations'));
    const withdrawn = [
      await status(ask('DELETE', `/api/team/invitations/${listed?.id ?? ''}`)),
      await status(ask('DELETE', `/api/team/invitations/${listed?.id ?? ''}`)),
    ];
    await here.api.database.inTeam(admin.team, (scope) =>
      scope.rows(
        `INSERT INTO invitation (team_id, email, role, token_hash, expires_at) VALUES ($1, 'x', 'admin', sha256($2), now())`,
        [admin.team, 'e'.repeat(43)],
      ),
    );
    const after = [await open(second), await open('e'.repeat(43)), await open('m'.repeat(43)), await open('short')];
    expect([before, withdrawn, after]).toEqual([
      [410, 200],
      [204, 404],
      [410, 410, 410, 400],
    ]);
  });

  test('an address in the team already, or none, is not invited', async () => {
    const answers = [
      await status(ask('POST', '/api/team/invitations', { email: admin.email, role: 'quant' })),
      await status(ask('POST', '/api/team/invitations', { email: 'nobody', role: 'quant' })),
      await status(ask('POST', '/api/team/invitations', { email: 'a@example.com', role: 'owner' })),
    ];
    expect(answers).toEqual([409, 400, 400]);
  });
});

describe('members', () => {
  test('a role changes at once, and a team keeps an admin', async () => {
    const quant = await here.api.person('quant', admin.team);
    const [adminId, quantId] = [await idOf(admin), await idOf(quant)];
    const last = await json<Problem>(ask('PATCH', `/api/team/members/${adminId}`, { role: 'quant' }));
    const lastRemoved = await status(ask('DELETE', `/api/team/members/${adminId}`));
    const raised = await json<{ role: string }>(ask('PATCH', `/api/team/members/${quantId}`, { role: 'admin' }));
    const asAdmin = await status(ask('GET', '/api/audit', undefined, quant.cookie));
    expect([last.code, lastRemoved, raised.role, asAdmin]).toEqual(['last-admin', 409, 'admin', 200]);
  });

  test('of two admins who demote each other at once, one stays', async () => {
    const second = await here.api.person('admin', admin.team);
    const [firstId, secondId] = [await idOf(admin), await idOf(second)];
    const answers = await Promise.all([
      status(ask('PATCH', `/api/team/members/${secondId}`, { role: 'quant' })),
      status(ask('PATCH', `/api/team/members/${firstId}`, { role: 'quant' }, second.cookie)),
    ]);
    const admins = (await team()).members.filter(({ role }) => role === 'admin');
    expect([answers.filter((answer) => answer === 200).length, admins.length]).toEqual([1, 1]);
  });

  test('one who is removed is out at once, with sessions and tokens; what they made stays', async () => {
    const quant = await here.api.person('quant', admin.team);
    const strategy = await new Desk(here.api, quant).strategy();
    const body = { name: 'ci', scope: 'read', days: 1 };
    const { token } = await json<{ token: string }>(ask('POST', '/api/tokens', body, quant.cookie));
    const removed = await status(ask('DELETE', `/api/team/members/${await idOf(quant)}`));
    const answers = [
      await status(ask('GET', '/api/session', undefined, quant.cookie)),
      await status(here.api.ask('GET', '/api/runs', { headers: { authorization: `Bearer ${token}` } })),
      await status(here.api.ask('POST', '/api/session', { body: { email: quant.email, password: quant.password } })),
      await status(ask('GET', `/api/strategies/${strategy.id}`)),
    ];
    expect([removed, answers]).toEqual([204, [401, 401, 403, 200]]);
  });

  test("another team's member is not found, by whatever route", async () => {
    const stranger = await here.api.person('quant');
    const session = await json<Session>(ask('GET', '/api/session', undefined, stranger.cookie));
    const path = `/api/team/members/${session.user.id}`;
    expect([
      await status(ask('PATCH', path, { role: 'viewer' })),
      await status(ask('DELETE', path)),
      await status(ask('POST', `${path}/password-reset`)),
    ]).toEqual([404, 404, 404]);
  });
});

describe('a new password by an admin’s link', () => {
  const reset = (token: string): Promise<number> =>
    status(here.api.ask('POST', '/api/account/password/reset', { body: { token, password } }));

  test('is chosen once, and ends the sessions', async () => {
    const quant = await here.api.person('quant', admin.team);
    const path = `/api/team/members/${await idOf(quant)}/password-reset`;
    const [first, link] = [await json<OneTimeLink>(ask('POST', path)), await json<OneTimeLink>(ask('POST', path))];
    const answers = [await reset(tokenOf(first)), await reset(tokenOf(link)), await reset(tokenOf(link))];
    const after = [
      await status(ask('GET', '/api/session', undefined, quant.cookie)),
      await status(here.api.ask('POST', '/api/session', { body: { email: quant.email, password } })),
    ];
    expect([answers, after]).toEqual([
      [410, 204, 410],
      [401, 200],
    ]);
  });

  test('is not for one who is in other teams too, which it would open', async () => {
    const other = await here.api.person('admin');
    await ask('POST', '/api/invitation/accept', { token: await invite(other.email) }, other.cookie);
    const problem = await json<Problem>(ask('POST', `/api/team/members/${await idOf(other)}/password-reset`));
    expect([problem.status, problem.detail.includes('npm start -- reset-password')]).toEqual([403, true]);
  });
});

test('a team is renamed, and deleted by its name with everything in it; its audit log stays', async () => {
  const renamed = await json<Team>(ask('PATCH', '/api/team', { name: 'Renamed' }));
  const desk = new Desk(here.api, admin);
  await desk.run();
  const kept = await here.api.artifacts.list(`teams/${admin.team}/`);
  const wrong = await json<Problem>(ask('DELETE', '/api/team', { name: 'A team' }));
  const gone = await status(ask('DELETE', '/api/team', { name: 'Renamed' }));
  const left = await here.api.database.inTeam(admin.team, (scope) =>
    scope.rows<{ rows: number }>(`SELECT (SELECT count(*) FROM run) + (SELECT count(*) FROM strategy) +
      (SELECT count(*) FROM dataset) + (SELECT count(*) FROM membership) + (SELECT count(*) FROM team) AS rows,
      (SELECT action FROM audit_event ORDER BY sequence DESC LIMIT 1) AS last`),
  );
  const artifacts = await here.api.artifacts.list(`teams/${admin.team}/`);
  expect([renamed.name, wrong.detail, gone]).toEqual([
    'Renamed',
    'The team\'s name is "Renamed", not "A team". Give its name to delete it.',
    204,
  ]);
  expect([left, kept.length > 0, artifacts]).toEqual([[{ rows: '0', last: 'team-deleted' }], true, []]);
  expect(await status(ask('GET', '/api/session'))).toBe(401);
});

test('SAFETY bar 40: each route that changes something writes one line into the audit log, whose chain holds', async () => {
  const desk = new Desk(here.api, admin);
  const strategy = await desk.strategy();
  await desk.ask('POST', `/api/strategies/${strategy.id}/versions`, {
    body: { source: { entry: 'strategy.ts', files: { 'strategy.ts': 'export default 2;' } } },
  });
  const dataset = await desk.dataset();
  const request = { kind: 'backtest', strategyVersion: strategy.latestVersion, datasetId: dataset.id };
  const headers = { 'idempotency-key': 'once' };
  const run = await json<{ id: string }>(desk.ask('POST', '/api/runs', { body: request, headers }));
  await desk.ask('POST', '/api/runs', { body: request, headers });
  await desk.ask('POST', `/api/runs/${run.id}/cancel`);
  await desk.ask('POST', `/api/runs/${run.id}/cancel`);
  await invite('somebody@example.com');
  await ask('POST', '/api/team/invitations', { email: 'nobody', role: 'quant' });
  const events = await json<AuditEvent[]>(ask('GET', '/api/audit?limit=500'));
  const older = await json<AuditEvent[]>(ask('GET', '/api/audit?before=3&limit=1'));
  const verdict = await json<AuditVerdict>(ask('GET', '/api/audit/verdict'));
  expect(events.map(({ action }) => action).reverse()).toEqual([
    'signed-in',
    'strategy-made',
    'strategy-saved',
    'dataset-uploaded',
    'run-queued',
    'run-cancelled',
    'member-invited',
  ]);
  expect(older.map(({ sequence }) => sequence)).toEqual([2]);
  expect(verdict).toEqual({ events: 7, head: events[0]?.hash, brokenAt: null });
  expect(await status(ask('GET', '/api/audit?limit=0'))).toBe(400);
});

test('many who act in a team at once leave one chain', async () => {
  const desk = new Desk(here.api, admin);
  await Promise.all(Array.from({ length: 20 }, () => desk.strategy()));
  const { events, brokenAt } = await json<AuditVerdict>(ask('GET', '/api/audit/verdict'));
  expect([events, brokenAt]).toEqual([21, null]);
});

test('one whose session began in a team leaves it for a new one, and both show in the account', async () => {
  const made = await ask('POST', '/api/team', { name: 'Second' });
  const { access } = cookiesOf(made);
  const account = await json<{ teams: object[] }>(ask('GET', '/api/account', undefined, access));
  expect(account.teams).toMatchObject([
    { name: 'A team', role: 'admin' },
    { name: 'Second', role: 'admin' },
  ]);
  expect(await status(ask('POST', '/api/team', { name: '' }, access))).toBe(400);
});
