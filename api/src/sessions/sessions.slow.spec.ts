import { describe, expect, test } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import type { AuditEvent, Session } from '@quarry/contracts';
import type { DomainError } from '../http/domain-error.js';
import { json, status } from '../testing/desk.js';
import { specDesk } from '../testing/spec-desk.js';
import { cookiesOf } from '../testing/test-api.js';
import { SignInLock } from './sign-in-lock.js';
import { hashOf } from './token.js';

const here = specDesk();

function refreshBy(cookie: string): Promise<Response> {
  return here.api.ask('POST', '/api/session/refresh', { cookie });
}

test('an unknown address and a wrong password get the same answer', async () => {
  const answers = await Promise.all(
    [`nobody-${randomUUID()}@example.com`, here.desk.person.email].map(async (email) => {
      const response = await here.api.ask('POST', '/api/session', { body: { email, password: 'wrong' } });
      return [response.status, await response.text()];
    }),
  );
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]?.[0]).toBe(401);
});

test('SAFETY bar 37: the eleventh sign-in of an account within a minute is refused, with the seconds to wait', async () => {
  const { email, password } = await here.api.person('quant');
  const answers: number[] = [];
  for (let tried = 1; tried < 10; tried += 1)
    answers.push(await status(here.api.ask('POST', '/api/session', { body: { email, password } })));
  const last = await here.api.ask('POST', '/api/session', { body: { email, password } });
  expect([new Set(answers), last.status, Number(last.headers.get('retry-after')) > 0]).toEqual([
    new Set([200]),
    429,
    true,
  ]);
});

test('SAFETY bar 35: five misses in a row lock an account, known or not; the log names the one that is known', async () => {
  const known = await here.api.person('admin');
  const locked: unknown[] = [];
  for (const email of [known.email, `nobody-${randomUUID()}@example.com`]) {
    const tries = await Promise.all(
      Array.from({ length: 8 }, () =>
        status(here.api.ask('POST', '/api/session', { body: { email, password: 'wrong' } })),
      ),
    );
    const right = await here.api.ask('POST', '/api/session', { body: { email, password: known.password } });
    locked.push([tries.sort(), right.status, Number(right.headers.get('retry-after')) > 20]);
  }
  const events = await json<AuditEvent[]>(here.api.ask('GET', '/api/audit', { cookie: known.cookie }));
  const once = [[401, 401, 401, 401, 401, 429, 429, 429], 429, true];
  expect(locked).toEqual([once, once]);
  expect(events.map(({ action }) => action)).toEqual(['sign-in-locked', 'signed-in']);
});

test('each miss after the fifth locks for twice as long, up to an hour', async () => {
  const lock = new SignInLock(here.api.database);
  const waits: number[] = [];
  for (const misses of [3, 4, 5, 6, 7, 10, 11, 12, 1000]) {
    const email = `${randomUUID()}@example.com`;
    await lock.count(email);
    await here.api.database.asStranger((stranger) =>
      stranger.rows(`UPDATE sign_in_lock SET misses = $1 WHERE misses = 1`, [misses]),
    );
    await lock.count(email);
    const wait = await lock.count(email).then(
      () => 0,
      (error: DomainError) => Number(error.more.headers?.['Retry-After']),
    );
    waits.push(wait);
  }
  expect(waits).toEqual([0, 30, 60, 120, 240, 1920, 3600, 3600, 3600]);
});

test('the cookies are out of reach of scripts and other sites, and end with the session', async () => {
  const someone = await here.api.person('quant');
  const response = await here.api.ask('POST', '/api/session', {
    body: { email: someone.email, password: someone.password },
  });
  const [access, refresh] = response.headers.getSetCookie();
  expect(access).toMatch(/^quarry_session=[\w-]{43}; Path=\/; Expires=.*; HttpOnly; SameSite=Strict$/);
  expect(refresh).toMatch(/^quarry_refresh=[\w-]{43}; Path=\/api\/session; Expires=.*; HttpOnly; SameSite=Strict$/);
  const ended = await status(here.api.ask('DELETE', '/api/session', { cookie: someone.cookie }));
  const after = [
    await status(here.api.ask('GET', '/api/session', { cookie: someone.cookie })),
    await status(refreshBy(someone.refresh)),
  ];
  expect([ended, after]).toEqual([204, [401, 401]]);
});

describe('SAFETY bar 33: refresh tokens', () => {
  test('ten tabs that refresh at once get one successor, and the access token before it still counts', async () => {
    const someone = await here.api.person('quant');
    const answers = await Promise.all(Array.from({ length: 10 }, () => refreshBy(someone.refresh)));
    const successors = new Set(answers.map((answer) => JSON.stringify(cookiesOf(answer))));
    const [successor] = answers.map(cookiesOf);
    const asked = [someone.cookie, successor?.access ?? ''].map((cookie) =>
      status(here.api.ask('GET', '/api/session', { cookie })),
    );
    expect([successors.size, await Promise.all(asked)]).toEqual([1, [200, 200]]);
  });

  test('one that is used again after ten seconds ends the whole family, and stands in the log', async () => {
    const someone = await here.api.person('admin');
    const successor = cookiesOf(await refreshBy(someone.refresh));
    await here.api.database.inTeam(someone.team, (scope) =>
      scope.rows(`UPDATE session_token SET replaced_at = now() - interval '11 seconds' WHERE replaced_at IS NOT NULL`),
    );
    const stolen = await status(refreshBy(someone.refresh));
    const after = [
      await status(here.api.ask('GET', '/api/session', { cookie: successor.access })),
      await status(refreshBy(successor.refresh)),
    ];
    const { access } = await here.api.signIn(someone);
    const events = await json<AuditEvent[]>(here.api.ask('GET', '/api/audit', { cookie: access }));
    expect([stolen, after]).toEqual([401, [401, 401]]);
    expect(events.find(({ action }) => action === 'session-revoked')?.subject['email']).toBe(someone.email);
  });

  test('an access token ends after half an hour, a refresh token after seven days', async () => {
    const someone = await here.api.person('quant');
    const lives = await here.api.database.inTeam(someone.team, (scope) =>
      scope.rows(`SELECT round(extract(epoch FROM access_until - now()) / 60)::int AS minutes,
        round(extract(epoch FROM refresh_until - now()) / 86400)::int AS days FROM session_token`),
    );
    const old = randomBytes(32).toString('base64url');
    await here.api.database.inTeam(someone.team, (scope) =>
      scope.rows(
        `INSERT INTO session_token (refresh_hash, access_hash, team_id, session_id, access_until, refresh_until)
         SELECT $1, $1, team_id, id, now(), now() FROM session LIMIT 1`,
        [hashOf(old)],
      ),
    );
    const answers = [
      await status(here.api.ask('GET', '/api/session', { cookie: `quarry_session=${old}` })),
      await status(refreshBy(`quarry_refresh=${old}`)),
    ];
    expect([lives, answers]).toEqual([[{ minutes: 30, days: 7 }], [401, 401]]);
  });
});

test('SAFETY bar 34: whatever is made to look like a token is answered 401 with one and the same body', async () => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const heads = ['none', 'HS256', 'RS256', 'ES256'].flatMap((alg) => [
    { alg, typ: 'JWT' },
    { alg, kid: '../../dev/null' },
    { alg, jwk: { kty: 'oct', k: '' } },
  ]);
  const claims = [{ sub: 'admin' }, { iss: 'quarry', aud: 'api', exp: 1 }];
  const forged = heads.flatMap((head) => claims.map((claim) => `${part(head)}.${part(claim)}.${'x'.repeat(43)}`));
  const live = here.desk.person.cookie.replace('quarry_session=', '');
  const cut = [live.slice(1), live.slice(0, -1), `${live}A`, live.toUpperCase(), '', 'A'.repeat(43)];
  const bodies = new Set<string>();
  for (const token of [...forged, ...cut]) {
    for (const asked of [{ cookie: `quarry_session=${token}` }, { headers: { authorization: `Bearer ${token}` } }]) {
      const answer = await here.api.ask('GET', '/api/session', asked);
      bodies.add(`${answer.status} ${await answer.text()}`);
    }
  }
  expect([forged.length + cut.length, [...bodies]]).toEqual([
    30,
    [expect.stringMatching(/^401 .*Sign in: there is no/)],
  ]);
});

test('one who is in two teams goes from one to the other; a team one is not in cannot be entered', async () => {
  const someone = await here.api.person('admin');
  const made = await here.api.ask('POST', '/api/team', { cookie: someone.cookie, body: { name: 'Second' } });
  const { access } = cookiesOf(made);
  const back = await here.api.ask('PUT', '/api/session/team', { cookie: access, body: { teamId: someone.team } });
  const cookie = cookiesOf(back).access;
  const foreign = { cookie, body: { teamId: here.desk.person.team } };
  expect([
    (await json<Session>(Promise.resolve(made))).team.name,
    (await json<Session>(Promise.resolve(back))).team.id,
  ]).toEqual(['Second', someone.team]);
  expect([
    await status(here.api.ask('GET', '/api/session', { cookie: access })),
    await status(here.api.ask('PUT', '/api/session/team', foreign)),
    await status(here.api.ask('PUT', '/api/session/team', { cookie, body: { teamId: 'x' } })),
  ]).toEqual([401, 404, 400]);
});

test('neither passwords nor tokens reach the log', () => {
  const text = here.api.logged.join('');
  const secrets = [
    here.desk.person.password,
    here.desk.person.cookie.split('=')[1] ?? '',
    here.desk.person.refresh.split('=')[1] ?? '',
  ];
  expect([here.api.logged.length > 0, secrets.filter((secret) => text.includes(secret))]).toEqual([true, []]);
});
