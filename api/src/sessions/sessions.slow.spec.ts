import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { status } from '../testing/desk.js';
import { TestApi, type Person } from '../testing/test-api.js';

let api: TestApi;
let quant: Person;

beforeAll(async () => {
  api = await TestApi.start();
  quant = await api.person('quant');
}, 60_000);

afterAll(() => api.stop(), 30_000);

test('an unknown address and a wrong password get the same answer', async () => {
  const answers = await Promise.all(
    [`nobody-${randomUUID()}@example.com`, quant.email].map(async (email) => {
      const response = await api.ask('POST', '/api/session', { body: { email, password: 'wrong' } });
      return [response.status, await response.text()];
    }),
  );
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]?.[0]).toBe(401);
});

test('SAFETY bar 37: the eleventh try within a minute is refused, with the seconds to wait', async () => {
  const email = `flooded-${randomUUID()}@example.com`;
  const answers: number[] = [];
  for (let tried = 0; tried < 10; tried += 1)
    answers.push(await status(api.ask('POST', '/api/session', { body: { email, password: 'wrong' } })));
  const last = await api.ask('POST', '/api/session', { body: { email, password: 'wrong' } });
  expect([new Set(answers), last.status, Number(last.headers.get('retry-after')) > 0]).toEqual([
    new Set([401]),
    429,
    true,
  ]);
});

test('the cookie is out of reach of scripts and other sites, and ends with the session', async () => {
  const someone = await api.person('quant');
  const response = await api.ask('POST', '/api/session', {
    body: { email: someone.email, password: someone.password },
  });
  expect(response.headers.get('set-cookie')).toMatch(
    /^quarry_session=[\w-]{43}; Path=\/; Expires=.*; HttpOnly; SameSite=Strict$/,
  );
  const ended = await status(api.ask('DELETE', '/api/session', { cookie: someone.cookie }));
  expect([ended, await status(api.ask('GET', '/api/session', { cookie: someone.cookie }))]).toEqual([204, 401]);
});

test('neither passwords nor tokens reach the log', () => {
  const text = api.logged.join('');
  const secrets = [quant.password, quant.cookie.split('=')[1] ?? '', 'password_hash'];
  expect([api.logged.length > 0, secrets.filter((secret) => text.includes(secret))]).toEqual([true, []]);
});
