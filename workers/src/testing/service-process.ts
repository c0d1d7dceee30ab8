import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The API or a worker as a process of its own, as built: what `npm start` launches. */
export class ServiceProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(part: 'api' | 'workers', env: Readonly<Record<string, string>>): Promise<ServiceProcess> {
    const main = fileURLToPath(new URL(`../../../${part}/dist/main.js`, import.meta.url));
    const child = spawn(process.execPath, ['--no-node-snapshot', main], {
      env: { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'info', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface({ input: child.stdout })) {
      const { url } = JSON.parse(line) as { url?: string };
      if (url === undefined) continue;
      child.stdout.resume();
      return new ServiceProcess(child, url);
    }
    throw new Error(`${part} ended before it listened.`);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** Sends the signal, and answers the exit code once the process has ended; null where a signal ended it. */
  async end(name: NodeJS.Signals): Promise<number | null> {
    if (!this.isAlive) return this.child.exitCode;
    const exit = once(this.child, 'exit');
    this.child.kill(name);
    await exit;
    return this.child.exitCode;
  }
}
