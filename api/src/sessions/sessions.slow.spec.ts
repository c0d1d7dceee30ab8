import { expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { status } from '../testing/desk.js';
import { specDesk } from '../testing/spec-desk.js';

const here = specDesk();

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

test('SAFETY bar 37: the eleventh try within a minute is refused, with the seconds to wait', async () => {
  const email = `flooded-${randomUUID()}@example.com`;
  const answers: number[] = [];
  for (let tried = 0; tried < 10; tried += 1)
    answers.push(await status(here.api.ask('POST', '/api/session', { body: { email, password: 'wrong' } })));
  const last = await here.api.ask('POST', '/api/session', { body: { email, password: 'wrong' } });
  expect([new Set(answers), last.status, Number(last.headers.get('retry-after')) > 0]).toEqual([
    new Set([401]),
    429,
    true,
  ]);
});

test('the cookie is out of reach of scripts and other sites, and ends with the session', async () => {
  const someone = await here.api.person('quant');
  const response = await here.api.ask('POST', '/api/session', {
    body: { email: someone.email, password: someone.password },
  });
  expect(response.headers.get('set-cookie')).toMatch(
    /^quarry_session=[\w-]{43}; Path=\/; Expires=.*; HttpOnly; SameSite=Strict$/,
  );
  const ended = await status(here.api.ask('DELETE', '/api/session', { cookie: someone.cookie }));
  expect([ended, await status(here.api.ask('GET', '/api/session', { cookie: someone.cookie }))]).toEqual([204, 401]);
});

test('neither passwords nor tokens reach the log', () => {
  const text = here.api.logged.join('');
  const secrets = [here.desk.person.password, here.desk.person.cookie.split('=')[1] ?? '', 'password_hash'];
  expect([here.api.logged.length > 0, secrets.filter((secret) => text.includes(secret))]).toEqual([true, []]);
});
