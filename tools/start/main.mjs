import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { build, explainFailure } from '../build/build.mjs';
import { colours } from '../build/progress.mjs';
import { root } from '../build/root.mjs';

const usage = `npm start                               starts Quarry and prints its address
npm start -- --port 4700                on another port (PORT)
npm start -- --home /srv/quarry         with its data elsewhere (QUARRY_HOME)
npm start -- --workers 1-4              with so many worker processes, by how much work waits (WORKERS)
npm start -- reset-password [email]     gives a user a new password, and prints it
npm start -- backup file.qbk             keeps everything in one file, beside a running Quarry or without one
npm start -- restore file.qbk            brings a backup into a home that has nothing yet (see --home)
npm start -- verify-audit [hash ...]    tells whether the audit logs hold, and whether these events are still there

More settings: .env.example, copied to .env.
`;

const paint = colours(process.stderr);

// A terminal that was closed takes no more words; what was started must still be ended in order.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

export async function main(args) {
  const wanted = readArguments(args);
  process.stderr.write(`\n  ${paint.bold('Quarry')}\n\n`);
  try {
    await build('server');
  } catch (error) {
    explainFailure(error);
    process.exit(1);
  }
  // What was just built: not to be imported before.
  const { readApiConfig, readStartConfig, readWorkerConfig } = await import('@quarry/platform/config');
  try {
    const env = environment(wanted.flags);
    const config = readStartConfig(env);
    // What the children will read, told here where somebody looks.
    const withDatabase = { ...env, DATABASE_URL: 'postgres://127.0.0.1/quarry' };
    const { artifacts } = readApiConfig(withDatabase);
    readWorkerConfig(withDatabase);
    if (wanted.command === 'reset-password') {
      const { printNewPassword } = await import('./reset-password.mjs');
      await printNewPassword(config, wanted.words[0] ?? 'admin@quarry.local');
    } else if (wanted.command === 'verify-audit') {
      const { printAuditVerdicts } = await import('./verify-audit.mjs');
      await printAuditVerdicts(config, wanted.words);
    } else if (wanted.command === 'backup') {
      const { writeBackup } = await import('./backup.mjs');
      await writeBackup({ ...config, artifacts }, wanted.words[0]);
    } else if (wanted.command === 'restore') {
      const { restoreBackup } = await import('./restore.mjs');
      await restoreBackup({ ...config, artifacts }, wanted.words[0]);
    } else {
      const { supervise } = await import('./supervise.mjs');
      await supervise(config);
    }
  } catch (error) {
    // Sentences for a person come without a stack; a bug of ours keeps it.
    const isForPeople = ['ConfigError', 'EmbeddedError', 'FolderError', 'StartError'].includes(error.name);
    process.stderr.write(`\n  ${paint.red('Quarry does not start.')} ${isForPeople ? error.message : error.stack}\n\n`);
    process.exit(['ConfigError', 'FolderError'].includes(error.name) ? 2 : 1);
  }
}

function readArguments(args) {
  const options = {
    port: { type: 'string' },
    host: { type: 'string' },
    home: { type: 'string' },
    workers: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  };
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [command = 'start', ...words] = positionals;
    if (values.help) {
      process.stdout.write(usage);
      process.exit(0);
    }
    const [least, most] = {
      start: [0, 0],
      'reset-password': [0, 1],
      'verify-audit': [0, Infinity],
      backup: [1, 1],
      restore: [1, 1],
    }[command] ?? [1, 0];
    if (words.length < least || words.length > most) throw new Error(`"${positionals.join(' ')}"?`);
    return { command, words, flags: values };
  } catch (error) {
    process.stderr.write(`${error.message}\n\n${usage}`);
    process.exit(2);
  }
}

/** Flags before variables before `.env`. */
function environment({ port, host, home, workers }) {
  const file = join(root, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  const flags = { PORT: port, HOST: host, QUARRY_HOME: home, WORKERS: workers };
  return { ...process.env, ...Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined)) };
}
