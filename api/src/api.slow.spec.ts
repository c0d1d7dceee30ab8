import { expect, test } from '@jest/globals';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '@quarry/contracts';
import { json } from './testing/desk.js';
import { specDesk } from './testing/spec-desk.js';

const here = specDesk(async (folder) => {
  const studio = join(folder, 'studio');
  await mkdir(studio);
  await writeFile(join(studio, 'index.html'), '<title>Studio</title>');
  await writeFile(join(studio, 'main-ABCD1234.js'), 'export {};');
  return studio;
});

const policy =
  "default-src 'self';script-src 'self';worker-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data:;font-src 'self' data:;connect-src 'self';object-src 'none';base-uri 'self';form-action 'self';frame-ancestors 'none'";

test.each(['/', '/strategies/some', '/main-ABCD1234.js', '/api/session', '/docs'])(
  'SAFETY bar 38: %s carries the enforced policy',
  async (path) => {
    const response = await here.api.ask('GET', path);
    expect(response.headers.get('content-security-policy')).toBe(policy);
  },
);

test('an address of the studio gets its page, a hashed file is kept for a year, an unknown API address is a problem', async () => {
  const page = await here.api.ask('GET', '/strategies/some');
  const script = await here.api.ask('GET', '/main-ABCD1234.js');
  const unknown = await json<Problem>(here.api.ask('GET', '/api/nothing', { cookie: here.desk.person.cookie }));
  expect([await page.text(), page.headers.get('cache-control')]).toEqual(['<title>Studio</title>', 'no-cache']);
  expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect([unknown.code, unknown.status]).toEqual(['not-found', 404]);
});

test.each(['/api', '/api/nothing', '/API/nothing', '/health', '/docs/nothing'])(
  '%s is no page of the studio',
  async (path) => {
    expect(await json<Problem>(here.desk.ask('GET', path))).toMatchObject({ code: 'not-found', status: 404 });
  },
);

test('a refused address is told by what is wrong with it', async () => {
  const detail = async (path: string): Promise<string> => (await json<Problem>(here.desk.ask('GET', path))).detail;
  expect(await detail('/api/runs/%ff')).toMatch(/^The address is not well-formed/);
  expect(await detail('/api/runs/x')).toBe('id: Invalid UUID');
});

test('text that no database takes is refused at the door', async () => {
  const files = { 'strategy.ts': 'a\0b' };
  const asked = [
    { name: 'a\0b', source: { entry: 'strategy.ts', files: {} } },
    { name: '\ud800', source: { entry: 'strategy.ts', files: {} } },
    { name: 'fine', source: { entry: 'strategy.ts', files } },
  ];
  for (const body of asked) expect((await here.desk.ask('POST', '/api/strategies', { body })).status).toBe(400);
});

test('what the API answers is kept by no cache', async () => {
  const response = await here.desk.ask('GET', '/api/strategies');
  expect(response.headers.get('cache-control')).toBe('no-store');
});

test('a body that is no JSON, or far too large, is refused in words', async () => {
  const send = (body: string): Promise<Problem> => json(here.api.ask('POST', '/api/session', { body }));
  expect([(await send('{')).code, (await send(`"${'x'.repeat(9_000_000)}"`)).code]).toEqual([
    'bad-request',
    'too-large',
  ]);
});

test('health tells of every part', async () => {
  const health = await json<{ status: string; parts: object }>(here.api.ask('GET', '/health/ready'));
  expect([health.status, Object.keys(health.parts)]).toEqual(['ok', ['database', 'queue', 'artifacts', 'workers']]);
});

test('SAFETY bar 22: while the database is away, requests are answered 503 within a second, and health says which part', async () => {
  await here.api.server.stop();
  const start = performance.now();
  const refused = await here.desk.ask('GET', '/api/strategies');
  const took = performance.now() - start;
  const health = await json<{ status: string; parts: Record<string, { status: string }> }>(
    here.api.ask('GET', '/health/ready'),
  );
  expect([refused.status, refused.headers.get('retry-after'), took < 1_000]).toEqual([503, '2', true]);
  expect([health.parts['database']?.status, health.parts['artifacts']?.status]).toEqual(['down', 'ok']);
});
