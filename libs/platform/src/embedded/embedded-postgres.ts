import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { findBinaries } from './binaries.js';
import { clusterAt, databaseName, ensureCluster, ownerRole, runSql } from './cluster.js';
import { clearMistakenLock, runningPostmaster, stopPostmaster } from './postmaster.js';
import { findServerUser } from './server-user.js';
import { launch } from './launch.js';

export interface EmbeddedPasswords {
  readonly superuser: string;
  readonly owner: string;
  /** For the roles that the migrations make. */
  readonly app: string;
  readonly worker: string;
}

export interface EmbeddedPostgres {
  /** `quarry_owner` on the database `quarry`: owns and migrates it, is no superuser. */
  readonly ownerUrl: string;
  readonly passwords: EmbeddedPasswords;
  readonly port: number;
  readonly pid: number;
  /** True where a server that had lost its supervisor was ended first. */
  readonly stoppedOrphan: boolean;
  /** Resolves when the server has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Ends the server cleanly; close the pools first. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that lies in `<home>/postgres`, made at the first start, on a free port of the loopback. The
 * caller holds the folder (`holdFolder`): a server that still runs there has lost its supervisor and is ended first.
 * @throws EmbeddedError with the way out
 */
export async function startEmbeddedPostgres(home: string, isThrowAway = false): Promise<EmbeddedPostgres> {
  const folder = resolve(home);
  await mkdir(folder, { recursive: true });
  const user = await findServerUser();
  await chmod(folder, user ? 0o711 : 0o700);

  const data = join(folder, 'postgres');
  const orphan = await runningPostmaster(data);
  if (orphan) await stopPostmaster(orphan.pid);
  await clearMistakenLock(data);

  const binaries = await findBinaries(user);
  const known = await readPasswords(folder);
  const passwords = known ?? (await makePasswords(folder));
  await ensureCluster(data, passwords, binaries, user, isThrowAway);
  const cluster = await clusterAt(data, user);
  if (!known) await runSql(cluster, binaries, [`ALTER ROLE ${ownerRole} PASSWORD '${passwords.owner}'`]);

  const server = await launch(cluster, binaries, join(folder, 'logs'), isThrowAway);
  return { ...server, ownerUrl: ownerUrl(server.port, passwords), passwords, stoppedOrphan: orphan !== null };
}

/** The server that runs in this folder now, whoever started it; null where none does. */
export async function runningEmbeddedPostgres(
  home: string,
): Promise<Pick<EmbeddedPostgres, 'ownerUrl' | 'passwords'> | null> {
  const postmaster = await runningPostmaster(join(resolve(home), 'postgres'));
  const passwords = await readPasswords(resolve(home));
  if (!postmaster?.isReady || !passwords) return null;
  return { ownerUrl: ownerUrl(postmaster.port, passwords), passwords };
}

function ownerUrl(port: number, passwords: EmbeddedPasswords): string {
  return `postgres://${ownerRole}:${passwords.owner}@127.0.0.1:${port}/${databaseName}`;
}

const names = ['superuser', 'owner', 'app', 'worker'] as const;

async function readPasswords(folder: string): Promise<EmbeddedPasswords | null> {
  const text = await readFile(join(folder, 'postgres.json'), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const parsed = JSON.parse(text) as Record<string, unknown>;
    return names.every((name) => /^[\w-]{20,}$/.test(String(parsed[name]))) ? (parsed as never) : null;
  } catch {
    return null;
  }
}

async function makePasswords(folder: string): Promise<EmbeddedPasswords> {
  const random = () => randomBytes(24).toString('base64url');
  const passwords = { superuser: random(), owner: random(), app: random(), worker: random() };
  await writeFile(join(folder, 'postgres.json'), `${JSON.stringify(passwords, null, 2)}\n`, { mode: 0o600 });
  return passwords;
}
