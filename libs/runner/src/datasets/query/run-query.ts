import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { platform } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import type { Readable, Writable } from 'node:stream';
import type { Failure, Wall } from '@quarry/contracts';
import type { QueryAnswer, QueryJob, RunHooks, RunLimits } from '../../runner.js';
import { isPublic } from '../../sandbox/guest-bundle.js';
import { launchPlans, type LaunchPlan } from '../../sandbox/wall.js';
import { watchProcess } from '../../sandbox/watch-process.js';
import { firstFileDescriptor, queryVerdict, type QueryOrder } from './query-order.js';

const here = fileURLToPath(new URL('../../..', import.meta.url));
const child = fileURLToPath(new URL('../../../dist/datasets/query/child.js', import.meta.url));
const modules = createRequire(import.meta.url)
  .resolve('@duckdb/node-api')
  .replace(/(?<=node_modules).*$/, '');
/** Each is a descriptor of the child. */
const mostSeries = 500;
/** What Node and DuckDB take beside the memory that DuckDB counts. */
const uncountedMb = 128;
/** Bytes of a verdict, or of a process's last words. */
const mostWords = 65_536;
const environment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', TZ: 'UTC', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };

class QueryFailed extends Error {
  constructor(
    readonly code: Failure['code'],
    message: string,
  ) {
    super(message);
  }
}

/**
 * Runs one SELECT over a dataset in a process of its own behind the wall, which is killed when it takes too long, too much
 * memory, or answers too much. DuckDB is no boundary by itself: the process has no network, may write nothing, and gets
 * the dataset's files as open descriptors.
 */
export async function runQuery(
  job: QueryJob,
  wall: Wall,
  limits: RunLimits,
  hooks: RunHooks = {},
): Promise<QueryAnswer | Failure> {
  const { series } = job.dataset.info;
  const handles: FileHandle[] = [];
  try {
    if (series.length > mostSeries) {
      throw new QueryFailed(
        'bad-query',
        `The dataset has ${series.length} series; a query reads at most ${mostSeries}. Split the dataset.`,
      );
    }
    const plan = planOf(wall);
    for (const { file } of series) handles.push(await openFile(join(job.dataset.directory, file), plan));
    const order: QueryOrder = {
      sql: job.sql,
      rows: job.rows,
      memoryMb: Math.max(64, limits.memoryMb - uncountedMb),
      series: series.map(({ symbol, interval, file }, k) => ({
        file: platform() === 'linux' ? `/proc/self/fd/${firstFileDescriptor + k}` : join(job.dataset.directory, file),
        symbol,
        interval,
      })),
    };
    return await attempt(plan, order, handles, job.into, limits, hooks);
  } catch (error) {
    if (!(error instanceof QueryFailed)) throw error;
    return { code: error.code, message: error.message, position: null, diagnostics: [] };
  } finally {
    await Promise.all(handles.map((handle) => handle.close()));
  }
}

/** The strongest way that the worker's wall allows and that can read DuckDB's own files. */
function planOf(wall: Wall): LaunchPlan {
  const canRead = [child, join(modules, '@duckdb', 'node-api', 'package.json'), process.execPath].every(isPublic);
  const plan = launchPlans(wall).find(({ otherUser }) => canRead || !otherUser);
  if (!plan) throw new Error('No child process can be started on this machine, not even without a wall.');
  return plan;
}

/** The child opens the descriptor anew, as its own user. */
async function openFile(path: string, { otherUser }: LaunchPlan): Promise<FileHandle> {
  const handle = await open(path);
  if (otherUser) await handle.chmod(0o644);
  return handle;
}

async function attempt(
  plan: LaunchPlan,
  order: QueryOrder,
  handles: readonly FileHandle[],
  into: string,
  limits: RunLimits,
  { signal }: RunHooks,
): Promise<QueryAnswer> {
  signal?.throwIfAborted();
  const bundle = {
    node: process.execPath,
    child,
    files: [join(here, 'dist'), join(here, 'package.json'), modules],
    engineHash: '',
  };
  const [command = '', ...args] = plan.command(bundle, null);
  const running = spawn(command, args, {
    cwd: '/',
    env: environment,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe', ...handles.map(({ fd }) => fd)],
  });
  const stdin = running.stdio[0] as Writable;
  const [, stdout, stderr, said] = running.stdio as unknown as [Writable, Readable, Readable, Readable];
  let killedFor: unknown = null;
  const kill = (reason: unknown) => {
    killedFor ??= reason;
    running.kill('SIGKILL');
  };
  const onAbort = () => kill(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  const watch = watchProcess(running.pid, { residentMb: limits.memoryMb });
  const wall = setTimeout(() => kill(tooSlow(limits)), limits.wallMs);
  let bytes = 0;
  stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > limits.resultBytes) kill(tooMuch(limits));
  });
  for (const words of [said, stderr]) {
    let heard = 0;
    words.on('data', (chunk: Buffer) => {
      heard += chunk.length;
      if (heard > mostWords) kill(new QueryFailed('crashed', 'The process of the query said too much and was ended.'));
    });
  }
  stdin.on('error', () => undefined);
  stdin.end(JSON.stringify(order));
  try {
    const ended = new Promise<string>((resolve, reject) => {
      running.on('error', reject);
      running.on('close', (code, by) => resolve(by ?? `code ${code}`));
    });
    const written = pipeline(stdout, createWriteStream(into)).then(
      () => null,
      (error: unknown) => error,
    );
    const [how, verdictText, lastWords, unwritten] = await Promise.all([ended, text(said), text(stderr), written]);
    if (killedFor !== null) throw killedFor as Error;
    if (watch.reason !== null) throw tooLarge(limits);
    const verdict = queryVerdict(verdictText);
    if (verdict?.type === 'refused') throw new QueryFailed('bad-query', verdict.message);
    if (verdict?.type === 'done' && unwritten !== null) throw unwritten as Error;
    if (verdict?.type === 'done') return { rows: verdict.rows, columns: verdict.columns, cut: verdict.cut };
    if (how.startsWith('SIG'))
      throw new QueryFailed('crashed', `The query crashed its process (${how}). Ask otherwise.`);
    throw new Error(`The process that runs queries ended with ${how}: ${lastWords.slice(-2000)}`);
  } finally {
    clearTimeout(wall);
    watch.stop();
    signal?.removeEventListener('abort', onAbort);
  }
}

function tooSlow({ wallMs }: RunLimits): QueryFailed {
  return new QueryFailed('timed-out', `The query took longer than ${wallMs / 1000} s and was ended. Ask for less.`);
}

function tooLarge({ memoryMb }: RunLimits): QueryFailed {
  return new QueryFailed(
    'out-of-memory',
    `The query took more than ${memoryMb} MiB of memory and was ended. Ask for less.`,
  );
}

function tooMuch({ resultBytes }: RunLimits): QueryFailed {
  return new QueryFailed(
    'result-too-large',
    `The answer has more than ${Math.floor(resultBytes / 2 ** 20)} MiB. Ask for fewer rows or columns.`,
  );
}
