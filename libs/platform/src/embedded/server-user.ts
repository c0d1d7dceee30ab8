import { execFile } from 'node:child_process';
import { getuid } from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { EmbeddedError } from './embedded-error.js';

const run = promisify(execFile);

/** Whom the server runs as. */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const name = 'postgres';

/** PostgreSQL refuses to run as root: as root, the user `postgres`, made where it is missing; null otherwise. */
export async function findServerUser(): Promise<ServerUser | null> {
  if (getuid?.() !== 0) return null;
  return (await lookUp()) ?? (await create());
}

async function lookUp(): Promise<ServerUser | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

async function create(): Promise<ServerUser> {
  const commands = [
    ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/bin/false', name],
    ['adduser', '-S', '-D', '-H', '-s', '/bin/false', name],
  ] as const;
  // Another start may be making the same user right now: its lock on the password file is waited for.
  for (let attempt = 0; attempt < 10; attempt++) {
    for (const [command, ...args] of commands) {
      await run(command, args).catch(() => null);
      const user = await lookUp();
      if (user) return user;
    }
    await wait(200);
  }
  throw new EmbeddedError(
    `PostgreSQL does not run as root, and the user "${name}" could not be made. Make it ("useradd --system ${name}"), start as another user, or set DATABASE_OWNER_URL to a PostgreSQL of your own.`,
  );
}
