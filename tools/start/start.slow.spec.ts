import { afterAll, expect, test } from '@jest/globals';
import { type ChildProcess, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { addressOf, credentialsIn, end, Home, signIn, until } from './testing/home.js';

const home = await Home.make();
const start = home.start.bind(home);

afterAll(() => home.remove(), 60_000);

const lineOf = async (name: string, line = 0) =>
  Number((await readFile(join(home.folder, name), 'utf8')).split('\n')[line]);

/** The process that runs this program for a start. */
function childOf(parent: ChildProcess, program: string): number {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  const rows = stdout.split('\n').map((row) => row.trim().split(/\s+/));
  const row = rows.find(([, ppid, ...args]) => Number(ppid) === parent.pid && args.join(' ').includes(program));
  return Number(row?.[0]);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('one start after the other on one folder: credentials once, crashes survived, everything ended', async () => {
  const first = start();
  const address = await addressOf(first);
  const credentials = credentialsIn(first.said());
  expect((await signIn(address, credentials)).status).toBeLessThan(300);
  expect((await fetch(`${address}/`)).headers.get('content-type')).toContain('text/html');

  const second = start();
  await once(second.child, 'exit');
  expect(second.said()).toContain(`Quarry already runs on ${home.folder} (process ${first.child.pid})`);
  expect(second.child.exitCode).toBe(1);

  const reset = start('reset-password');
  await once(reset.child, 'exit');
  const renewed = credentialsIn(reset.said());
  expect((await signIn(address, credentials)).status).toBe(401);
  expect((await signIn(address, renewed)).status).toBeLessThan(300);

  const audit = start('verify-audit', 'f'.repeat(64));
  await once(audit.child, 'exit');
  expect(audit.said()).toMatch(
    /✓ Quarry +3 {2}[0-9a-f]{64}[^]*✗ No event has the hash f{64}: the log was cut or replaced/,
  );
  expect(audit.child.exitCode).toBe(1);

  const orphan = await lineOf('postgres/postmaster.pid');
  await end(first.child, 'SIGKILL');
  expect(isAlive(orphan)).toBe(true);

  const third = start();
  const again = await addressOf(third);
  expect(third.said()).toContain('A server left over from a start that was killed was ended first.');
  expect(third.said()).not.toMatch(/Password +\S+-/);
  expect((await signIn(again, renewed)).status).toBeLessThan(300);
  await until(() => !isAlive(orphan));

  process.kill(childOf(third.child, 'api/dist/main.js'), 'SIGKILL');
  await until(() => third.said().includes('api ended by itself (SIGKILL). It is started again in 1.0 s.'));
  await until(() =>
    signIn(again, renewed).then(
      ({ ok }) => ok,
      () => false,
    ),
  );

  process.kill(await lineOf('postgres/postmaster.pid'), 'SIGQUIT');
  await until(() => third.said().includes('PostgreSQL, API and workers run again.'));
  await until(() =>
    signIn(again, renewed).then(
      ({ ok }) => ok,
      () => false,
    ),
  );

  const server = await lineOf('postgres/postmaster.pid');
  await end(third.child, 'SIGINT');
  expect(third.child.exitCode).toBe(0);
  expect(isAlive(server)).toBe(false);
  await expect(fetch(again)).rejects.toThrow();
}, 240_000);

test('a terminal that is closed ends everything too', async () => {
  const run = start();
  await addressOf(run);
  const server = await lineOf('postgres/postmaster.pid');
  run.child.stdout?.destroy();
  run.child.stderr?.destroy();
  await end(run.child, 'SIGHUP');
  expect([run.child.exitCode, isAlive(server)]).toEqual([0, false]);
}, 240_000);

test('a wrong variable is told with the way out, and nothing is started', async () => {
  const { child, said } = start('--port', '123456');
  await once(child, 'exit');
  expect(said()).toContain('PORT is "123456", which is not a whole number from 1 to 65,535.');
  expect(child.exitCode).toBe(2);
}, 240_000);

test.each([
  [
    '--workers',
    '0',
    'WORKERS is "0", which is not a whole number from 1 to 64, or the least and the most of them, as in 1-4.',
  ],
  [
    '--home',
    import.meta.filename,
    `The folder ${import.meta.filename} cannot be used (EEXIST: a file lies there). Name another with --home.`,
  ],
])(
  '%s %s is told in a sentence',
  async (flag, value, sentence) => {
    const { child, said } = start(flag, value);
    await once(child, 'exit');
    expect(said()).toContain(sentence);
    expect([child.exitCode, said().includes('    at ')]).toEqual([2, false]);
  },
  240_000,
);

test('a hash that is none is told in a sentence', async () => {
  const { child, said } = start('verify-audit', 'abc');
  await once(child, 'exit');
  expect([child.exitCode, said()]).toEqual([1, expect.stringContaining('"abc" is no hash of an event')]);
}, 240_000);

test('an unknown flag is answered with the usage', async () => {
  const { child, said } = start('--prot', '1');
  await once(child, 'exit');
  expect([child.exitCode, said().includes('npm start -- --port 4700')]).toEqual([2, true]);
}, 240_000);
