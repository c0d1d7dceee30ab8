import { expect, test } from '@jest/globals';
import type { ApiToken, NewApiToken, Strategy } from '@quarry/contracts';
import { json, source, status } from '../testing/desk.js';
import { specDesk } from '../testing/spec-desk.js';
import { freshTokenText } from './token-text.js';

const here = specDesk();

const make = (scope: string): Promise<NewApiToken> =>
  json<NewApiToken>(here.desk.ask('POST', '/api/tokens', { body: { name: `ci ${scope}`, scope, days: 30 } }));
const by = (token: string): { headers: Record<string, string> } => ({ headers: { authorization: `Bearer ${token}` } });
const list = (): Promise<ApiToken[]> => json<ApiToken[]>(here.desk.ask('GET', '/api/tokens'));

test('SAFETY bar 36: a token is shown once and kept as a hash, works as its scope says, and ends when it is revoked', async () => {
  const { token, made } = await make('work');
  const body = { name: 'from ci', source };
  const strategy = await json<Strategy>(
    fetch(`${here.api.url}/api/strategies`, {
      method: 'POST',
      headers: { ...by(token).headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );
  const stored = await here.api.database.inTeam(here.desk.person.team, (scope) =>
    scope.rows<{ token_hash: Buffer }>('SELECT * FROM api_token WHERE id = $1', [made.id]),
  );
  const [listed] = await list();
  const revoked = await status(here.desk.ask('DELETE', `/api/tokens/${made.id}`));
  const after = await status(here.api.ask('GET', '/api/runs', by(token)));
  expect(strategy.name).toBe('from ci');
  expect([JSON.stringify(stored).includes(token.slice(7, 50)), stored[0]?.token_hash.length]).toEqual([false, 32]);
  expect(listed).toMatchObject({ id: made.id, hint: `${token.slice(0, 11)}…${token.slice(-4)}`, scope: 'work' });
  expect(listed?.usedAt).not.toBeNull();
  expect([revoked, after]).toEqual([204, 401]);
});

test('a token that reads changes nothing', async () => {
  const { token } = await make('read');
  expect([
    await status(here.api.ask('GET', '/api/strategies', by(token))),
    await status(here.api.ask('POST', '/api/strategies', { ...by(token), body: { name: 'no', source } })),
    await status(here.api.ask('POST', '/api/tokens', { ...by(token), body: { name: 'more', scope: 'work', days: 1 } })),
  ]).toEqual([200, 403, 403]);
});

test('a token gives no more than its owner has left', async () => {
  const quant = await here.api.person('quant', here.desk.person.team);
  const admin = await here.api.person('admin', here.desk.person.team);
  const { token } = await json<NewApiToken>(
    here.api.ask('POST', '/api/tokens', { cookie: quant.cookie, body: { name: 'ci', scope: 'work', days: 1 } }),
  );
  const { user } = await json<{ user: { id: string } }>(here.api.ask('GET', '/api/session', { cookie: quant.cookie }));
  const role = { cookie: admin.cookie, body: { role: 'viewer' } };
  await here.api.ask('PATCH', `/api/team/members/${user.id}`, role);
  expect(await status(here.api.ask('POST', '/api/strategies', { ...by(token), body: { name: 'no', source } }))).toBe(
    403,
  );
});

test('one that has expired, is mistyped or was never made is answered 401', async () => {
  const expired = freshTokenText();
  await here.api.database.inTeam(here.desk.person.team, (scope) =>
    scope.rows(
      `INSERT INTO api_token (team_id, user_id, name, scope, token_hash, hint, expires_at)
       SELECT team_id, user_id, 'old', 'work', sha256($1), '', now() FROM membership WHERE team_id = $2 LIMIT 1`,
      [expired, here.desk.person.team],
    ),
  );
  const tokens = [expired, `${expired.slice(0, -1)}x`, freshTokenText(), 'quarry_'];
  const answers = await Promise.all(tokens.map((token) => status(here.api.ask('GET', '/api/runs', by(token)))));
  expect(answers).toEqual([401, 401, 401, 401]);
});

test('a quant sees and revokes their own; an admin those of the team; another team’s are not found', async () => {
  const { made } = await make('read');
  const quant = await here.api.person('quant', here.desk.person.team);
  const admin = await here.api.person('admin', here.desk.person.team);
  const stranger = await here.api.person('admin');
  const revoke = (cookie: string): Promise<number> =>
    status(here.api.ask('DELETE', `/api/tokens/${made.id}`, { cookie }));
  const seen = await Promise.all(
    [quant, admin, stranger].map(async ({ cookie }) =>
      (await json<ApiToken[]>(here.api.ask('GET', '/api/tokens', { cookie }))).some(({ id }) => id === made.id),
    ),
  );
  const revoked = [await revoke(quant.cookie), await revoke(stranger.cookie), await revoke(admin.cookie)];
  expect([seen, revoked]).toEqual([
    [false, true, false],
    [404, 404, 204],
  ]);
});

test.each([
  [{ days: 0 }, 'days'],
  [{ days: 366 }, 'days'],
  [{ scope: 'admin' }, 'scope'],
  [{ name: '' }, 'name'],
])('a token with %j is refused by the name of the field', async (wrong, field) => {
  const body = { name: 'ci', scope: 'read', days: 1, ...wrong };
  const problem = await json<{ status: number; detail: string }>(here.desk.ask('POST', '/api/tokens', { body }));
  expect([problem.status, problem.detail.startsWith(`${field}: `)]).toEqual([400, true]);
});

test('SAFETY bar 40: no token stands in the log', () => {
  expect(here.api.logged.join('')).not.toMatch(/quarry_[\w-]{43}/);
});
