import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { Sandbox } from '../sandbox/sandbox.js';

const secret = 'canary-4711';

let sandbox: Sandbox;
let server: Server;
let port: number;
let folder: string;

beforeAll(async () => {
  process.env['QUARRY_TEST_SECRET'] = secret;
  sandbox = await Sandbox.open(0);
  server = createServer((socket) => socket.end('open'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as { port: number }).port;
  folder = await mkdtemp(join(tmpdir(), 'quarry-wall-'));
  await chmod(folder, 0o755);
  await writeFile(join(folder, 'other-run.txt'), secret, { mode: 0o600 });
  await writeFile(join(folder, 'open.txt'), secret, { mode: 0o644 });
  await writeFile(join(folder, 'probe.cjs'), probe);
}, 60_000);

afterAll(async () => {
  delete process.env['QUARRY_TEST_SECRET'];
  sandbox.close();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const probe = `
const [port, folder, worker] = process.argv.slice(2);
const found = {};
const attempt = (name, action) => { try { found[name] = String(action()).slice(0, 200); } catch (error) { found[name] = 'refused ' + (error.code ?? error.message); } };
const fs = require('node:fs');
attempt('passwd', () => fs.readFileSync('/etc/passwd', 'utf8'));
attempt('worker environ', () => fs.readFileSync('/proc/' + worker + '/environ', 'utf8'));
attempt('own environ', () => fs.readFileSync('/proc/self/environ', 'utf8'));
attempt('other run', () => fs.readFileSync(folder + '/other-run.txt', 'utf8'));
attempt('open file', () => fs.readFileSync(folder + '/open.txt', 'utf8'));
attempt('write', () => fs.writeFileSync(folder + '/mine.txt', 'x') ?? 'written');
attempt('list', () => fs.readdirSync('/').length);
attempt('spawn', () => require('node:child_process').spawnSync('/bin/true').error?.code ?? 'spawned');
attempt('thread', () => new (require('node:worker_threads').Worker)('1', { eval: true }) && 'started');
attempt('environment', () => JSON.stringify(process.env));
attempt('user', () => process.getuid());
const net = require('node:net');
const connect = (name, host, port) => new Promise((resolve) => {
  const socket = net.connect({ host, port: Number(port), timeout: 500 });
  const end = (text) => { found[name] = text; socket.destroy(); resolve(); };
  socket.on('connect', () => end('connected'));
  socket.on('timeout', () => end('refused timeout'));
  socket.on('error', (error) => end('refused ' + error.code));
});
Promise.all([connect('loopback', '127.0.0.1', port), connect('metadata', '169.254.169.254', 80), connect('internet', '1.1.1.1', 53)])
  .then(() => process.stderr.write(JSON.stringify(found)));
`;

/** Runs a program of ours in a child's exact command line, in the child's place. */
function runInWall(script: string, args: readonly string[]): Promise<Record<string, string>> {
  const line = sandbox.launchLine();
  const child = line.at(-1)!;
  const [command = '', ...rest] = line.map((word) => word.replaceAll(child, script));
  return new Promise((resolve, reject) => {
    execFile(
      command,
      [...rest, ...args],
      { env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' }, timeout: 20_000 },
      (error, _out, text) => {
        const start = text.indexOf('{');
        if (start < 0) reject(error ?? new Error(text));
        else resolve(JSON.parse(text.slice(start)) as Record<string, string>);
      },
    );
  });
}

describe("SAFETY bar 11: should V8 fall, a program in the child's place", () => {
  let found: Record<string, string>;
  beforeAll(async () => {
    found = await runInWall(join(folder, 'probe.cjs'), [String(port), folder, String(process.pid)]);
  });

  test.each(['passwd', 'worker environ', 'own environ', 'other run', 'open file', 'write', 'list', 'spawn', 'thread'])(
    'is refused: %s',
    (name) => {
      expect(found[name]).toMatch(/^refused ERR_ACCESS_DENIED|^ERR_ACCESS_DENIED/);
    },
  );

  test.each(['loopback', 'metadata', 'internet'])('reaches no network: %s', (name) => {
    if (sandbox.wall === 'full') expect(found[name]).toMatch(/^refused (ENETUNREACH|ECONNREFUSED|EADDRNOTAVAIL)/);
    else expect(sandbox.wallDetail).toContain('no network namespace');
  });

  test('finds no secret in its environment', () => {
    expect(JSON.stringify(found)).not.toContain(secret);
  });
});

describe("SAFETY bar 11: should Node's permissions fall too, the system itself", () => {
  /** The words that make the wall, before Node: what any program started by an escaped child would be behind. */
  function outerWall(): readonly string[] {
    const line = sandbox.launchLine();
    return line.slice(
      0,
      line.findIndex((word) => word.endsWith('node')),
    );
  }

  function shell(text: string): Promise<string> {
    const [command = 'sh', ...args] = outerWall();
    return new Promise((resolve) => {
      execFile(command, [...args, '/bin/sh', '-c', `{ ${text}; } 2>&1`], { timeout: 20_000 }, (_error, out) =>
        resolve(out),
      );
    });
  }

  test.each([
    ["the worker's environment", () => `cat /proc/${process.pid}/environ`, /Permission denied/],
    ['a file of another run', () => `cat ${folder}/other-run.txt`, /Permission denied/],
    ['a file to write', () => `echo x > ${folder}/mine.txt`, /Permission denied|cannot create/],
    [
      'a way to become somebody else',
      () => 'grep -E "CapEff|NoNewPrivs" /proc/self/status',
      /CapEff:\s+0{16}\s+NoNewPrivs:\s+1/,
    ],
  ])('gives it nothing: %s', async (_what, text, refused) => {
    if (sandbox.wall !== 'full') return;
    const answer = await shell(text());
    expect(answer).toMatch(refused);
    expect(answer).not.toContain(secret);
  });

  test('has no network device but a loopback that is down', async () => {
    if (sandbox.wall !== 'full') return;
    expect((await shell('cat /proc/net/dev | tail -n +3 | wc -l')).trim()).toMatch(/^[01]$/);
  });
});
