import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@quarry/platform/embedded';

/** Whether this machine has a Redis to try things on. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** A Redis of one's own. It keeps what it acknowledged over a kill where it has an append-only file, nothing otherwise. */
export class RedisProcess {
  private constructor(
    readonly port: number,
    private readonly directory: string,
    private readonly appendOnly: 'yes' | 'no',
    private server: ChildProcess,
  ) {}

  static async start(appendOnly: 'yes' | 'no'): Promise<RedisProcess> {
    const directory = await mkdtemp(join(tmpdir(), 'quarry-redis-'));
    const port = await freePort();
    const started = new RedisProcess(port, directory, appendOnly, launch(port, directory, appendOnly));
    await started.answers();
    return started;
  }

  async killAndRestart(): Promise<void> {
    await this.kill();
    this.server = launch(this.port, this.directory, this.appendOnly);
    await this.answers();
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.directory, { recursive: true, force: true });
  }

  private async kill(): Promise<void> {
    const dead = once(this.server, 'exit');
    this.server.kill('SIGKILL');
    await dead;
  }

  private async answers(): Promise<void> {
    for (;;) {
      const socket = connect(this.port, '127.0.0.1');
      const isUp = await Promise.race([
        once(socket, 'connect').then(
          () => true,
          () => false,
        ),
        once(this.server, 'exit').then(() => {
          throw new Error(`redis-server ended at once on port ${this.port}.`);
        }),
      ]);
      socket.destroy();
      if (isUp) return;
      await pause(20);
    }
  }
}

function launch(port: number, directory: string, appendOnly: string): ChildProcess {
  const settings = ['--save', '', '--appendonly', appendOnly, '--maxmemory-policy', 'noeviction'];
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, ...settings];
  return spawn('redis-server', args, { stdio: 'ignore' });
}
