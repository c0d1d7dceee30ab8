import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../start.mjs', import.meta.url));

interface Start {
  readonly child: ChildProcess;
  readonly said: () => string;
}

/** A home of one suite's own, and what was started on it. */
export class Home {
  private readonly started: ChildProcess[] = [];

  private constructor(
    private readonly parent: string,
    readonly folder: string,
  ) {}

  static async make(): Promise<Home> {
    const parent = await mkdtemp(join(tmpdir(), 'quarry-start-'));
    // Closed to everybody but its owner, as a person's own folder may be.
    await chmod(parent, 0o700);
    return new Home(parent, join(parent, 'home'));
  }

  start(...args: readonly string[]): Start {
    const child = spawn(execPath, ['--no-node-snapshot', program, '--home', this.folder, ...args], { stdio: 'pipe' });
    this.started.push(child);
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    return { child, said: () => said };
  }

  /** Ends what still runs, and removes everything. */
  async remove(): Promise<void> {
    for (const child of this.started) {
      if (child.exitCode === null && child.signalCode === null) await end(child, 'SIGTERM');
    }
    await rm(this.parent, { recursive: true, force: true });
  }
}

export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

export async function until<T>(
  find: () => T | null | undefined | false | Promise<T | null | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + 90_000;
  for (;;) {
    const found = await find();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`It did not come true: ${find.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Where Quarry says it is to be found, once it does. */
export async function addressOf(run: Start): Promise<string> {
  return until(() => {
    if (run.child.exitCode !== null) throw new Error(run.said());
    return /➜ {2}(\S+)[^]*Ctrl-C/.exec(run.said())?.[1];
  });
}

export const credentialsIn = (said: string) => ({
  email: /Email +(\S+)/.exec(said)?.[1],
  password: /Password +(\S+)/.exec(said)?.[1],
});

export function signIn(address: string, credentials: object): Promise<Response> {
  return fetch(`${address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-quarry': '1' },
    body: JSON.stringify(credentials),
  });
}
