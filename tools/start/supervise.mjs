import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { roleUrl } from '@quarry/platform/database';
import { freePort, holdFolder } from '@quarry/platform/embedded';
import { colours, seconds, step } from '../build/progress.mjs';
import { root } from '../build/root.mjs';
import { openDatabase, prepareDatabase } from './database.mjs';
import { Service } from './service.mjs';
import { WorkerFleet } from './worker-fleet.mjs';

const out = process.stderr;
const paint = colours(out);
/** Workers and what they run take what is left: whoever asks the API waits for no computation. */
const workerNiceness = 5;

/** Starts everything, keeps it running, and ends it in order: workers and API first, which close their pools, then the server. */
export async function supervise(config) {
  const release = holdFolder(config.home);
  const run = { config, database: null, api: null, fleet: null, isEnding: false };
  endOnSignals(run, release);
  try {
    const credentials = await bringUp(run);
    printWelcome(run, credentials);
  } catch (error) {
    await takeDown(run);
    release();
    throw error;
  }
}

async function bringUp(run) {
  const { config } = run;
  const what = config.database === null ? 'PostgreSQL, embedded' : 'PostgreSQL of your own';
  run.database = await step(what, () => openDatabase(config));
  if (run.database.stoppedOrphan)
    say(paint.yellow('!'), 'A server left over from a start that was killed was ended first.');
  void run.database.ended.then(() => restartDatabase(run));
  const credentials = await step('Database schema', () => prepareDatabase(run.database, config));

  const port = await freePort(config.port, config.host);
  if (port !== config.port) say(paint.yellow('!'), `Port ${config.port} is taken; ${port} is the next free one.`);
  run.address = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  run.port = port;
  await startServices(run);
  await step('API and workers', () => untilAnswering(run));
  return credentials;
}

async function startServices(run) {
  const { config, database } = run;
  const common = { ...process.env, QUARRY_HOME: config.home, NODE_ENV: 'production' };
  for (const name of ['DATABASE_OWNER_URL', 'DATABASE_APP_PASSWORD', 'DATABASE_WORKER_PASSWORD']) delete common[name];
  const as = (role, password) => roleUrl(database.ownerUrl, role, password);
  const apiEnv = { HOST: config.host, PORT: String(run.port), DATABASE_URL: as('quarry_app', database.passwords.app) };
  const workerEnv = { DATABASE_URL: as('quarry_worker', database.passwords.worker) };
  const shared = { logs: join(config.home, 'logs'), onCrash: (crash) => sayCrash(run, crash) };
  const api = join(root, 'api/dist/main.js');
  const worker = join(root, 'workers/dist/main.js');
  run.api = new Service({ ...shared, name: 'api', program: api, env: { ...common, ...apiEnv } });
  run.api.start();
  run.fleet = await WorkerFleet.start({
    databaseUrl: workerEnv.DATABASE_URL,
    bounds: config.workers,
    makeService: (number) =>
      new Service({
        ...shared,
        name: `worker-${number}`,
        program: worker,
        env: { ...common, ...workerEnv },
        niceness: workerNiceness,
      }),
    onChange: (now, before) => sayWorkers(now, before),
  });
}

async function untilAnswering(run) {
  const deadline = Date.now() + 120_000;
  while (!(await isAnswering(run.address))) {
    const broken = [run.api, ...run.fleet.services].find((service) => !service.isRunning);
    if (broken || Date.now() > deadline) {
      if (broken) throw startError(`${broken.name} ended at once. From ${broken.log}:\n\n${broken.lastWords()}`);
      throw startError(`The API does not answer. See ${run.api.log}.`);
    }
    await wait(100);
  }
}

async function isAnswering(address) {
  try {
    const answer = await fetch(`${address}/health/live`, { signal: AbortSignal.timeout(2000) });
    return answer.ok;
  } catch {
    return false;
  }
}

/** The server ended though nobody asked it to: everything that was connected to it begins anew. */
async function restartDatabase(run) {
  if (run.isEnding) return;
  say(
    paint.red('✗'),
    `PostgreSQL ended by itself; see ${join(run.config.home, 'logs', 'postgres.log')}. Starting it again.`,
  );
  await stopServices(run, 5000);
  let database = null;
  let isUp = false;
  for (let pause = 1000; !isUp && !run.isEnding; pause = Math.min(pause * 2, 30_000)) {
    try {
      database ??= await openDatabase(run.config);
      run.database = database;
      // It may end once more before what stands on it runs.
      void database.ended.then(() => (database = null));
      await startServices(run);
      if (database === null) throw startError('PostgreSQL ended once more.');
      isUp = true;
    } catch (error) {
      await stopServices(run, 5000);
      say(paint.red('✗'), `${error.message} Next try in ${seconds(pause)}.`);
      await wait(pause);
    }
  }
  if (run.isEnding) return;
  void run.database.ended.then(() => restartDatabase(run));
  say(paint.green('✓'), 'PostgreSQL, API and workers run again.');
}

function endOnSignals(run, release) {
  let asked = 0;
  const end = async () => {
    asked++;
    if (asked > 1) {
      run.fleet?.kill();
      run.api?.kill();
      return;
    }
    out.write('\n');
    await step('Ending', () => takeDown(run));
    release();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end());
}

async function takeDown(run) {
  run.isEnding = true;
  await stopServices(run);
  await run.database?.stop();
}

async function stopServices(run, patience) {
  await Promise.all([run.fleet?.stop(patience), run.api?.stop(patience)]);
}

function sayWorkers(now, before) {
  const count = `${now} worker${now === 1 ? '' : 's'}`;
  if (now > before) say(paint.green('↑'), `${count}: more work waits than ${before} could do soon.`);
  else say(paint.dim('↓'), `${count}: fewer are needed.`);
}

function sayCrash(run, { name, how, words, pause }) {
  if (run.isEnding) return;
  say(paint.red('✗'), `${name} ended by itself (${how}). It is started again in ${seconds(pause)}. Its last words:`);
  out.write(`${words.replace(/^/gm, '      ')}\n`);
}

function printWelcome(run, credentials) {
  const lines = ['', `  ${paint.green('➜')}  ${paint.bold(run.address)}`, ''];
  if (credentials) {
    lines.push(`     Email     ${paint.bold(credentials.email)}`);
    lines.push(`     Password  ${paint.bold(credentials.password)}`, '');
    lines.push(paint.dim('     Shown this once. A new one: npm start -- reset-password'));
  } else {
    lines.push(paint.dim('     Password forgotten? npm start -- reset-password'));
  }
  lines.push(paint.dim(`     Data and logs in ${run.config.home}. Ctrl-C ends everything.`), '');
  out.write(`${lines.join('\n')}\n`);
}

function say(mark, text) {
  out.write(`  ${mark} ${text}\n`);
}

function startError(message) {
  const error = new Error(message);
  error.name = 'StartError';
  return error;
}
