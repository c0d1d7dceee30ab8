import { spawn, type SpawnOptions } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platform } from 'node:process';
import type { Binaries } from './binaries.js';
import { EmbeddedError } from './embedded-error.js';
import { closedFolder } from './reachable.js';
import type { ServerUser } from './server-user.js';

/** The major version that the installed package brings. */
const majorVersion = '18';

export const ownerRole = 'quarry_owner';
export const databaseName = 'quarry';

/** A data folder and how to start PostgreSQL's programs on it. */
export interface Cluster {
  readonly data: string;
  /** The name under which the programs reach the folder. */
  readonly dataArgument: string;
  readonly spawnOptions: SpawnOptions;
}

/**
 * Where the server's user may not enter a folder above the data, Linux reaches it through the working directory that
 * the program inherits: `/proc/self/cwd` passes no parent.
 */
export async function clusterAt(data: string, user: ServerUser | null): Promise<Cluster> {
  const closed = user && (await closedFolder(data, user));
  if (closed && platform !== 'linux') {
    throw new EmbeddedError(
      `The user "${user.name}", as which the embedded PostgreSQL runs because you are root, may not enter ${closed}. Open it with "chmod o+x ${closed}", or set QUARRY_HOME to a folder that it may enter.`,
    );
  }
  const env = platform === 'win32' ? {} : { env: { PATH: '/usr/local/bin:/usr/bin:/bin', TZ: 'UTC', LC_ALL: 'C' } };
  return {
    data,
    dataArgument: closed ? '/proc/self/cwd' : data,
    spawnOptions: { cwd: data, ...(user ? { uid: user.uid, gid: user.gid } : {}), ...env },
  };
}

/**
 * Makes the data folder where it is missing: encoding UTF-8, a locale that sorts alike on every machine, and a database
 * whose owner is no superuser. A folder appears whole or not at all. Refuses the data of another major version.
 */
export async function ensureCluster(
  data: string,
  passwords: { readonly superuser: string; readonly owner: string },
  binaries: Binaries,
  user: ServerUser | null,
  isThrowAway: boolean,
): Promise<void> {
  const version = await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => null);
  if (version !== null) {
    refuseOtherVersion(data, version.trim());
    return;
  }
  const partial = `${data}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  await chmod(partial, 0o700);
  if (user) await chown(partial, user.uid, user.gid);

  const cluster = await clusterAt(partial, user);
  const passwordFile = join(tmpdir(), `quarry-${randomBytes(9).toString('base64url')}`);
  try {
    await writeFile(passwordFile, passwords.superuser, { mode: 0o600, flag: 'wx' });
    if (user) await chown(passwordFile, user.uid, user.gid);
    await runProgram(cluster, binaries.initdb, [
      `--pgdata=${cluster.dataArgument}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
      ...(isThrowAway ? ['--no-sync'] : []),
    ]);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await runSql(cluster, binaries, [
    `CREATE ROLE ${ownerRole} LOGIN CREATEROLE PASSWORD '${passwords.owner}'`,
    `CREATE DATABASE ${databaseName} OWNER ${ownerRole}`,
  ]);
  await rename(partial, data);
}

/** Runs statements as the superuser in a server of one process that nobody can connect to; the data must not be in use. */
export async function runSql(cluster: Cluster, binaries: Binaries, statements: readonly string[]): Promise<void> {
  const input = statements.map((statement) => `${statement};\n\n`).join('');
  // Flags before the statements: with -j an empty line ends a statement.
  const args = ['--single', '-j', '-D', cluster.dataArgument, '-c', 'log_checkpoints=off', 'postgres'];
  const output = await runProgram(cluster, binaries.postgres, args, input);
  if (/^.*\b(ERROR|FATAL|PANIC):/m.test(output)) throw new Error(`PostgreSQL refused to set itself up: ${output}`);
}

function refuseOtherVersion(data: string, version: string): void {
  if (version === majorVersion) return;
  throw new EmbeddedError(
    `The database in ${data} was made by PostgreSQL ${version}, and this Quarry brings ${majorVersion}, which cannot read it. Go back to the Quarry that made it, move the folder aside to begin anew, or set QUARRY_HOME to another folder.`,
  );
}

function runProgram(cluster: Cluster, program: string, args: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...cluster.spawnOptions, stdio: 'pipe' });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => reject(new EmbeddedError(`${program} does not start: ${error.message}`)));
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new EmbeddedError(`PostgreSQL could not be set up in ${cluster.data}: ${output.trim()}`));
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
