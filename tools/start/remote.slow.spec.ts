import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { strategies } from '../../cli/src/testing/strategies.js';
import { askAround } from '../load/ask-around.mjs';
import { Crowd } from '../load/crowd.mjs';
import { addressOf, credentialsIn, Home, signIn, until } from './testing/home.js';

const quarry = fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url));
const crossover = fileURLToPath(new URL('../../strategies/sma-cross', import.meta.url));

const home = await Home.make();
let address: string;
let cookie: string;
let workToken: string;

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as a shell starts it; `input` is what is piped in, `onError` hears what it says on stderr. */
async function run(
  args: readonly string[],
  { input = '', onError = () => undefined }: { input?: string; onError?: (text: string, pid: number) => void } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, ['--no-node-snapshot', quarry, ...args], {
    env: { PATH: process.env['PATH'], QUARRY_HOME: join(home.folder, 'local'), XDG_CONFIG_HOME: home.folder },
    stdio: 'pipe',
  });
  child.stdin.end(input);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    onError(stderr, child.pid ?? 0);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(address + path, {
    method,
    headers: { cookie, 'x-quarry': '1', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await response.json().catch(() => null)) as T;
}

async function tokenOf(scope: string): Promise<{ token: string; made: { id: string } }> {
  return ask('POST', '/api/tokens', { name: scope, scope, days: 1 });
}

beforeAll(async () => {
  const started = home.start();
  address = await addressOf(started);
  const response = await signIn(address, credentialsIn(started.said()));
  cookie = response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  workToken = (await tokenOf('work')).token;
  await until(async () => {
    const datasets = await ask<{ name: string; info: unknown }[]>('GET', '/api/datasets');
    return datasets.some(({ name, info }) => name === 'sp500' && info !== null);
  });
}, 240_000);

afterAll(() => home.remove(), 60_000);

describe('the command against a server', () => {
  test('logs in by a token that is piped in, and keeps it for its owner alone', async () => {
    const { code, stderr } = await run(['login', `${address}/`], { input: `${workToken}\n` });
    const file = join(home.folder, 'quarry', 'login.json');
    expect([code, stderr]).toEqual([0, `admin@quarry.local may act as quant of the team Quarry. Kept in ${file}.\n`]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  }, 60_000);

  test('a run there prints the report that the same run here prints', async () => {
    const flags = [crossover, '--data', 'sp500', '--param', 'fast=20', '--commission', '2bp', '--json'];
    const out = join(home.folder, 'report');
    const there = await run(['run', '--remote', ...flags, '--out', out]);
    const here = await run(['backtest', ...flags]);
    const [remote, local] = [there, here].map(
      ({ stdout }) => JSON.parse(stdout) as { orderListHash: string; manifestHash: string; metrics: unknown },
    );
    expect([there.code, remote?.orderListHash, remote?.manifestHash, remote?.metrics]).toEqual([
      0,
      local?.orderListHash,
      local?.manifestHash,
      local?.metrics,
    ]);
    const runId = /^Run (\S+) on/m.exec(there.stderr)?.[1] ?? '';
    const watched = await run(['watch', runId, '--json']);
    const pulled = join(home.folder, 'pulled');
    const { code } = await run(['pull', runId, '--out', pulled]);
    expect([watched.code, watched.stdout, code]).toEqual([0, there.stdout, 0]);
    expect(await readdir(pulled)).toEqual(await readdir(out));
    expect(await readFile(join(pulled, 'equity.csv'))).toEqual(await readFile(join(out, 'equity.csv')));
  }, 240_000);

  test('every other kind of run has there the report that it has here, and is listed', async () => {
    const grid = ['--param', 'fast=5:15:5', '--param', 'slow=40:60:20', '--family'];
    const kinds: Record<string, readonly string[]> = {
      sweep: [...grid, 'swept', '--top', '3'],
      'walk-forward': [...grid, 'walked', '--train', '1y', '--test', '1y'],
      'cross-validate': [...grid, 'validated', '--groups', '4'],
      'monte-carlo': ['--method', 'stress-costs', '--commission', '2bp', '--levels', '1,4'],
      prove: ['--cuts', '2'],
    };
    const ended = (...where: readonly string[]): Promise<Ended[]> =>
      Promise.all(
        Object.entries(kinds).map(([kind, flags]) =>
          run([kind, crossover, '--data', 'sp500', '--from', '2016-01-01', ...flags, '--json', ...where]),
        ),
      );
    const answer = ({ code, stdout }: Ended): unknown => {
      const { environment, milliseconds, ...report } = JSON.parse(stdout) as Record<string, unknown>;
      return [code, (environment ?? milliseconds) !== undefined, report];
    };
    const there = await ended('--remote', '--name', 'SMA crossover');
    const here = await ended();
    expect(there.map(answer)).toEqual(here.map(answer));

    const [sweepId] = there.map(({ stderr }) => /^Run (\S+) on/m.exec(stderr)?.[1] ?? '');
    const watched = await run(['watch', sweepId ?? '']);
    const listed = await run(['runs', '--kind', 'sweep']);
    expect([watched.code, watched.stdout]).toEqual([0, expect.stringMatching(/^SMA crossover[^]*Best trials\n/)]);
    expect(listed.stdout).toMatch(
      new RegExp(`^${sweepId} {2}Sweep {2}succeeded {2}SMA crossover {2}sp500 .* Sharpe `, 'm'),
    );
  }, 240_000);

  test('push prints the hash of the version, the same for the same files', async () => {
    const args = ['push', crossover, '--name', 'pushed'];
    const [first, second] = [await run(args), await run(args)];
    expect([first.code, first.stdout]).toEqual([0, expect.stringMatching(/^[0-9a-f]{64}\n$/)]);
    expect(second.stdout).toBe(first.stdout);
  }, 60_000);

  test('a strategy that throws fails here as it does there, with its log and the place in its files', async () => {
    const file = join(home.folder, 'throws.ts');
    await writeFile(file, strategies.throws);
    const { code, stdout, stderr } = await run(['run', '--remote', file, '--data', 'sp500']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /bar 1[^]*The strategy threw an error\. \(threw\)[^]*bar two is cursed\n {2}\S*throws\.ts:7:/,
    );
  }, 60_000);

  test('a run that is interrupted goes on, and says so', async () => {
    const file = join(home.folder, 'endless.ts');
    await writeFile(file, strategies.endless);
    let isInterrupted = false;
    const { code, stderr } = await run(['run', '--remote', file, '--data', 'sp500'], {
      onError: (text, pid) => {
        if (isInterrupted || !/^Run \S+ on/m.test(text)) return;
        isInterrupted = process.kill(pid, 'SIGINT');
      },
    });
    const runId = /^Run (\S+) on/m.exec(stderr)?.[1] ?? '';
    const { state } = await ask<{ state: string }>('GET', `/api/runs/${runId}`);
    const cancelled = await run(['cancel', runId]);
    const watched = await run(['watch', runId]);
    const goesOn = `Run ${runId} goes on. Follow it again: quarry watch ${runId}\nEnd it: quarry cancel ${runId}\n`;
    expect([code, stderr.endsWith(goesOn)]).toEqual([130, true]);
    expect([cancelled.code, cancelled.stderr]).toEqual([0, `Run ${runId} is cancelled.\n`]);
    expect(['queued', 'running']).toContain(state);
    expect([watched.code, watched.stderr]).toEqual([130, `Run ${runId} was cancelled.\n`]);
  }, 60_000);

  test('wrong names are told with those that there are', async () => {
    const data = await run(['run', '--remote', crossover, '--data', 'sp5000']);
    const gone = '00000000-0000-4000-8000-000000000000';
    const watched = await run(['watch', gone]);
    const odd = await run(['pull', 'abc', '--out', join(home.folder, 'none')]);
    expect([data.code, data.stderr]).toEqual([
      2,
      expect.stringContaining(`--data "sp5000" is no dataset of your team on ${address}. It has `),
    ]);
    expect([watched.code, watched.stderr]).toEqual([2, `There is no run ${gone} in your team.\n`]);
    expect([odd.code, odd.stderr]).toEqual([2, expect.stringContaining('"abc" is no id of a run.')]);
  }, 60_000);

  test('a token that only reads is told what it needs, one that was revoked that it is none any more', async () => {
    const { token, made } = await tokenOf('read');
    await run(['login', address], { input: token });
    const pushed = await run(['push', crossover]);
    await ask('DELETE', `/api/tokens/${made.id}`);
    const after = await run(['push', crossover]);
    expect([pushed.code, pushed.stderr]).toEqual([
      2,
      'This needs the role quant; you have viewer. Make an API token with the scope work.\n',
    ]);
    expect([after.code, after.stderr]).toEqual([2, expect.stringContaining(`${address} does not know the API token`)]);
  }, 60_000);

  test('an address that nobody answers at, or something else, is told as such; nothing is kept', async () => {
    const nobody = await run(['login', 'http://127.0.0.1:9'], { input: workToken });
    const typo = await run(['login', address], { input: 'quarry_abc' });
    await run(['logout']);
    const out = await run(['push', crossover]);
    expect([nobody.code, nobody.stderr]).toEqual([4, expect.stringContaining('http://127.0.0.1:9 does not answer (')]);
    expect([typo.code, typo.stderr]).toEqual([2, expect.stringContaining('That is no API token')]);
    expect([out.code, out.stderr]).toEqual([2, expect.stringContaining('You are logged in nowhere.')]);
  }, 60_000);
});

test('a hundred people listen to runs while others ask and change things, and nobody is refused', async () => {
  const quarry = {
    address,
    ask: async (method: string, path: string, body?: unknown) => {
      const headers = { cookie, 'x-quarry': '1', 'content-type': 'application/json' };
      const response = await fetch(address + path, {
        ...{ method, headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as unknown };
    },
  };
  const crowd = new Crowd(quarry, 100);
  await crowd.gather();
  const { reads, writes, failures } = await askAround(quarry, { seconds: 5, rate: 20 });
  const heard = await crowd.leave();
  expect([[...failures, ...heard.failures], reads.count, writes.count, heard.events >= 100]).toEqual([
    [],
    90,
    10,
    true,
  ]);
}, 120_000);

/** Five times a second, for as long as it goes on, what pages of the studio ask for: how long each answer took, in ms, the shortest first. */
async function answerTimes(goesOn: () => boolean): Promise<number[]> {
  const paths = ['/api/runs?limit=50', '/api/datasets', '/api/strategies', '/api/session', '/health/ready'];
  const took: number[] = [];
  const asked: Promise<void>[] = [];
  for (let k = 0; goesOn(); k++) {
    const from = performance.now();
    const answer = fetch(`${address}${paths[k % paths.length]}`, { headers: { cookie } });
    asked.push(
      answer.then(async (response) => {
        await response.text();
        if (!response.ok) throw new Error(`${response.url} answers ${response.status}.`);
        took.push(performance.now() - from);
      }),
    );
    await pause(200);
  }
  await Promise.all(asked);
  return took.sort((a, b) => a - b);
}

const isFull = process.env['QUARRY_BARS'] === 'full';
const importedRows = isFull ? 10_000_000 : 300_000;

test(`SAFETY bar 47${isFull ? '' : ', in short'}: while ${importedRows} rows are imported, the API answers everybody${isFull ? ', the slowest of a hundred in less than twice the time' : ''}`, async () => {
  const until = performance.now() + (isFull ? 60_000 : 2_000);
  const idle = await answerTimes(() => performance.now() < until);
  const rowsFrom = (first: number, count: number): string =>
    Array.from({ length: count }, (_, k) => `${1_000_000_000 + (first + k) * 60},10,12,9,11,${k % 50}\n`).join('');
  const header = 'time,open,high,low,close,volume\n';
  const perPiece = 100_000;
  const pieceBytes = Buffer.byteLength(rowsFrom(0, perPiece));
  const bytes = header.length + (importedRows / perPiece) * pieceBytes;
  const { id } = await ask<{ id: string }>('POST', '/api/uploads', { fileName: 'many.csv', bytes });
  const send = async (offset: number, body: string): Promise<void> => {
    const headers = { cookie, 'x-quarry': '1', 'upload-offset': String(offset), 'content-type': 'text/csv' };
    const answer = await fetch(`${address}/api/uploads/${id}`, { method: 'PATCH', headers, body });
    if (!answer.ok) throw new Error(await answer.text());
  };
  let hasEnded = false;
  const during = answerTimes(() => !hasEnded);
  await send(0, header);
  for (let first = 0; first < importedRows; first += perPiece) {
    await send(header.length + (first / perPiece) * pieceBytes, rowsFrom(first, perPiece));
  }
  const made = await ask<{ id: string; ingestRunId: string }>('POST', `/api/uploads/${id}/dataset`, {
    options: { name: 'many' },
  });
  await untilEnded(made.ingestRunId).finally(() => (hasEnded = true));
  const took = await during;
  const { info } = await ask<{ info: { quality: { rowsKept: number } } }>('GET', `/api/datasets/${made.id}`);
  const p99 = (times: number[]): number => times[Math.floor(0.99 * times.length)] ?? Infinity;
  process.stderr.write(
    `p99 of ${idle.length} answers ${p99(idle).toFixed(0)} ms, of ${took.length} during the import ${p99(took).toFixed(0)} ms\n`,
  );
  expect([info.quality.rowsKept, took.length > 10, !isFull || p99(took) < 2 * p99(idle)]).toEqual([
    importedRows,
    true,
    true,
  ]);
}, 900_000);

async function untilEnded(run: string): Promise<void> {
  for (;;) {
    const { state } = await ask<{ state: string }>('GET', `/api/runs/${run}`);
    if (['succeeded', 'failed', 'cancelled'].includes(state)) return;
    await pause(200);
  }
}

test('a backup made while runs happen, brought into a new home, has every report and an audit log that holds', async () => {
  const [dataset] = (await ask<{ id: string; name: string }[]>('GET', '/api/datasets')).filter(
    ({ name }) => name === 'sp500',
  );
  const [strategy] = await ask<{ id: string; latestVersion: string }[]>('GET', '/api/strategies');
  const submit = (seed: number): Promise<{ id: string }> =>
    ask('POST', '/api/runs', {
      kind: 'backtest',
      strategyVersion: strategy?.latestVersion,
      strategyId: strategy?.id,
      datasetId: dataset?.id,
      options: { settings: { seed } },
    });
  const done = await submit(1);
  await until(async () => (await ask<{ state: string }>('GET', `/api/runs/${done.id}`)).state === 'succeeded');
  const report = await ask<{ orderListHash: string }>('GET', `/api/runs/${done.id}/report`);
  const runs = [await submit(2), await submit(3)];
  const file = join(home.folder, 'quarry.qbk');
  const backup = home.start('backup', file);
  await once(backup.child, 'exit');
  expect([backup.child.exitCode, backup.said()]).toEqual([
    0,
    expect.stringMatching(/✓ \d+ rows and \d+ artifacts in /),
  ]);

  const again = home.start('backup', file);
  await once(again.child, 'exit');
  expect([again.child.exitCode, again.said()]).toEqual([1, expect.stringContaining(`${file} is there already.`)]);

  const fresh = await Home.make();
  try {
    const cut = join(home.folder, 'cut.qbk');
    await writeFile(cut, (await readFile(file)).subarray(0, 5_000));
    const refused = fresh.start('restore', cut);
    await once(refused.child, 'exit');
    expect([refused.child.exitCode, refused.said()]).toEqual([
      1,
      expect.stringContaining(`${cut} is no backup, or was cut`),
    ]);

    const restored = fresh.start('restore', file);
    await once(restored.child, 'exit');
    expect([restored.child.exitCode, restored.said()]).toEqual([
      0,
      expect.stringMatching(/✓ \d+ rows and \d+ artifacts are in /),
    ]);
    const audit = fresh.start('verify-audit');
    await once(audit.child, 'exit');
    expect([audit.child.exitCode, audit.said()]).toEqual([0, expect.stringMatching(/✓ Quarry +\d+ {2}[0-9a-f]{64}/)]);

    address = await addressOf(fresh.start());
    expect(await ask('GET', `/api/runs/${done.id}/report`)).toEqual(report);
    // What waited when the backup was made goes on in the new home.
    for (const { id } of runs) {
      await until(async () => (await ask<{ state: string }>('GET', `/api/runs/${id}`)).state === 'succeeded');
    }
    const second = fresh.start('restore', file);
    await once(second.child, 'exit');
    expect(second.said()).toContain(`Quarry already runs on ${fresh.folder}`);
  } finally {
    await fresh.remove();
  }
}, 300_000);
