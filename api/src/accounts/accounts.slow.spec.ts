import { expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Account, Problem, RecoveryCodes, Session, TwoStepSecret } from '@quarry/contracts';
import { json, status } from '../testing/desk.js';
import { specDesk } from '../testing/spec-desk.js';
import { cookiesOf, type Person } from '../testing/test-api.js';
import { SignInLock } from '../sessions/sign-in-lock.js';
import { Credentials } from './credentials.js';
import { codeOf, stepAt } from './totp.js';

const here = specDesk();
const next = 'a new and longer password';

function post(path: string, cookie: string | undefined, body: unknown, method = 'POST'): Promise<Response> {
  return here.api.ask(method, `/api/account/${path}`, { body, ...(cookie === undefined ? {} : { cookie }) });
}

test('where sign-up is open, one gets an account and a team of one’s own, as its admin', async () => {
  const person = { email: `${randomUUID()}@example.com`, name: 'Ada', password: next, team: 'Analysts' };
  const answer = await post('sign-up', undefined, person);
  const session = await json<Session>(here.api.ask('GET', '/api/session', { cookie: cookiesOf(answer).access }));
  expect([answer.status, session.user.email, session.team.name, session.role]).toEqual([
    201,
    person.email,
    'Analysts',
    'admin',
  ]);
  expect(
    await json<Problem>(post('sign-up', undefined, { ...person, email: person.email.toUpperCase() })),
  ).toMatchObject({
    code: 'email-taken',
    status: 409,
  });
});

test.each([
  [{ password: 'short' }, 'password: has fewer than 12 characters'],
  [{ email: 'no address' }, 'email: Invalid email address'],
  [{ team: ' ' }, 'team: Too small: expected string to have >=1 characters'],
])('a sign-up with %j is refused in words', async (wrong, detail) => {
  const person = { email: 'x@example.com', name: 'Ada', password: next, team: 'Analysts', ...wrong };
  expect(await json<Problem>(post('sign-up', undefined, person))).toMatchObject({ status: 400, detail });
});

test('a new password ends one’s other sessions and the old password', async () => {
  const someone = await here.api.person('viewer');
  const other = await here.api.signIn(someone);
  const change = { password: someone.password, next };
  const answers = [
    await status(post('password', someone.cookie, { ...change, password: 'wrong' }, 'PUT')),
    await status(post('password', someone.cookie, { ...change, next: 'short' }, 'PUT')),
    await status(post('password', someone.cookie, change, 'PUT')),
    await status(here.api.ask('GET', '/api/session', { cookie: someone.cookie })),
    await status(here.api.ask('GET', '/api/session', { cookie: other.access })),
    await status(here.api.ask('POST', '/api/session', { body: { email: someone.email, password: someone.password } })),
    await status(here.api.ask('POST', '/api/session', { body: { email: someone.email, password: next } })),
  ];
  expect(answers).toEqual([403, 400, 204, 200, 401, 401, 200]);
});

test('SAFETY bar 35: an unknown user costs the same time as a wrong password (30 of 200 pairs)', async () => {
  const { email } = await here.api.person('quant');
  const credentials = new Credentials(here.api.database, new SignInLock(here.api.database));
  const took = async (address: string): Promise<number> => {
    const start = performance.now();
    const known = await credentials.userWith(address);
    await credentials.matches(known, 'wrong');
    return performance.now() - start;
  };
  await took('nobody@example.com');
  const ratios: number[] = [];
  // In pairs, so that what else the machine does falls on both.
  for (let pair = 0; pair < 30; pair += 1) ratios.push((await took(email)) / (await took('nobody@example.com')));
  const median = ratios.sort((a, b) => a - b)[15] ?? 0;
  expect([median > 0.8, median < 1.25, ratios.length]).toEqual([true, true, 30]);
}, 60_000);

test('SAFETY bar 35: a password hashed at a lower cost is hashed anew at the next sign-in', async () => {
  const someone = await here.api.person('quant');
  const weak = 'argon2id$8192$1$1$c2FsdHNhbHRzYWx0c2FsdA$';
  const hash = await hashAtLowCost(someone.password, weak);
  await withCredential(someone, `UPDATE credential SET password_hash = $1`, [hash]);
  await here.api.signIn(someone);
  const [kept] = await withCredential(someone, `SELECT password_hash FROM credential`, []);
  expect(kept?.password_hash).toMatch(/^argon2id\$19456\$2\$1\$/);
});

test('SAFETY bar 35: with two-step sign-in a code is needed and works once; a recovery code too, and all are hashed', async () => {
  const someone = await here.api.person('quant');
  const { codes, secret } = await twoStepOn(someone);
  const enter = async (code?: string): Promise<string> => {
    const body = { email: someone.email, password: someone.password, ...(code === undefined ? {} : { code }) };
    const answer = await here.api.ask('POST', '/api/session', { body });
    return answer.ok ? 'in' : ((await answer.json()) as Problem).code;
  };
  const later = codeOf(secret, stepAt(Date.now()) + 1);
  const [first = '', second = ''] = codes;
  const outcomes = [await enter(), await enter(later), await enter(later), await enter(first), await enter(first)];
  outcomes.push(await enter(second.toLowerCase().replaceAll('-', ' ')));
  const account = await json<Account>(here.api.ask('GET', '/api/account', { cookie: someone.cookie }));
  const rows = await withCredential(someone, 'SELECT code_hash FROM recovery_code', []);
  expect(outcomes).toEqual(['code-needed', 'in', 'not-signed-in', 'in', 'not-signed-in', 'in']);
  expect([account.twoStep, account.recoveryCodesLeft, rows.length]).toEqual([true, 8, 8]);
  expect(JSON.stringify(rows)).not.toContain(codes[3]);
});

test('SAFETY bar 35: five wrong codes in a row lock the account, and the right password between them does not help', async () => {
  const someone = await here.api.person('quant');
  await twoStepOn(someone);
  const { email, password } = someone;
  const answers: number[] = [];
  for (let miss = 1; miss <= 5; miss += 1) {
    answers.push(await status(here.api.ask('POST', '/api/session', { body: { email, password, code: '000000' } })));
    if (miss < 4) await status(here.api.ask('POST', '/api/session', { body: { email, password } }));
  }
  answers.push(await status(here.api.ask('POST', '/api/session', { body: { email, password } })));
  expect(answers).toEqual([401, 401, 401, 401, 401, 429]);
});

test('two-step sign-in stays off until a code is confirmed, and goes off with the password only', async () => {
  const someone = await here.api.person('quant');
  const { password, cookie } = someone;
  const answers = [
    await status(post('two-step/confirm', cookie, { code: '123456' })),
    await status(post('two-step', cookie, { password: 'wrong' })),
    await status(post('two-step', cookie, { password })),
    await status(post('two-step/confirm', cookie, { code: '12345' })),
    await status(post('two-step/confirm', cookie, { code: '000000' })),
    await status(here.api.ask('POST', '/api/session', { body: { email: someone.email, password } })),
  ];
  await twoStepOn(someone);
  answers.push(await status(post('two-step', cookie, { password })));
  answers.push(await status(post('two-step/off', cookie, { password: 'wrong' })));
  answers.push(await status(post('two-step/off', cookie, { password })));
  answers.push(await status(here.api.ask('POST', '/api/session', { body: { email: someone.email, password } })));
  expect(answers).toEqual([400, 403, 200, 400, 400, 200, 400, 403, 204, 200]);
});

test('SAFETY bar 40: no password, code or token of these suites stands in the log', () => {
  const text = here.api.logged.join('');
  expect([
    here.api.logged.length > 0,
    text.includes(next),
    /\b\d{6}\b/.test(text.replace(/"(time|pid)":\d+/g, '')),
  ]).toEqual([true, false, false]);
});

async function twoStepOn({ cookie, password }: Person): Promise<{ codes: string[]; secret: Buffer }> {
  const { secret } = await json<TwoStepSecret>(post('two-step', cookie, { password }));
  const bytes = fromBase32(secret);
  const code = codeOf(bytes, stepAt(Date.now()));
  const { codes } = await json<RecoveryCodes>(post('two-step/confirm', cookie, { code }));
  return { codes, secret: bytes };
}

function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

async function hashAtLowCost(password: string, prefix: string): Promise<string> {
  const { argon2Sync } = await import('node:crypto');
  const [, memory, passes, parallelism, salt = ''] = prefix.split('$');
  const tag = argon2Sync('argon2id', {
    message: password,
    nonce: Buffer.from(salt, 'base64url'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: 32,
  });
  return prefix + tag.toString('base64url');
}

function withCredential(
  { email }: Person,
  sql: string,
  parameters: readonly unknown[],
): Promise<{ password_hash: string }[]> {
  return here.api.database.asStranger(async (stranger) => {
    await stranger.identify('sign_in_email', email);
    const [user] = await stranger.rows<{ id: string }>('SELECT id FROM app_user WHERE email = $1', [email]);
    await stranger.identify('user_id', user?.id ?? '');
    return stranger.rows(sql, parameters);
  });
}
