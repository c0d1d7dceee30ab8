import { afterAll, expect, test } from '@jest/globals';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('start.mjs', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'quarry-start-'));
// Closed to everybody but its owner, as a person's own folder may be.
await chmod(folder, 0o700);
const home = join(folder, 'home');
const started: ChildProcess[] = [];

afterAll(async () => {
  for (const child of started) if (child.exitCode === null && child.signalCode === null) await end(child, 'SIGTERM');
  await rm(folder, { recursive: true, force: true });
}, 60_000);

interface Start {
  readonly child: ChildProcess;
  readonly said: () => string;
}

function start(...args: string[]): Start {
  const child = spawn(execPath, ['--no-node-snapshot', program, '--home', home, ...args], { stdio: 'pipe' });
  started.push(child);
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return { child, said: () => said };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

async function until<T>(find: () => T | null | undefined | false | Promise<T | null | undefined | false>): Promise<T> {
  const deadline = Date.now() + 90_000;
  for (;;) {
    const found = await find();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`It did not come true: ${find.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function addressOf(run: Start): Promise<string> {
  return until(() => {
    if (run.child.exitCode !== null) throw new Error(run.said());
    return /➜ {2}(\S+)[^]*Ctrl-C/.exec(run.said())?.[1];
  });
}

const credentialsIn = (said: string) => ({
  email: /Email +(\S+)/.exec(said)?.[1],
  password: /Password +(\S+)/.exec(said)?.[1],
});

function signIn(address: string, credentials: object): Promise<Response> {
  return fetch(`${address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-quarry': '1' },
    body: JSON.stringify(credentials),
  });
}

const lineOf = async (name: string, line = 0) => Number((await readFile(join(home, name), 'utf8')).split('\n')[line]);

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
  expect(second.said()).toContain(`Quarry already runs on ${home} (process ${first.child.pid})`);
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
  ['--home', program, `The folder ${program} cannot be used (EEXIST: a file lies there). Name another with --home.`],
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
