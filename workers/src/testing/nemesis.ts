import { setTimeout as pause } from 'node:timers/promises';
import { killChild } from './child-processes.js';
import type { LooseWire } from './loose-wire.js';
import type { RedisProcess } from './redis-process.js';
import type { ServiceProcess } from './service-process.js';
import type { TestCluster } from './test-worker.js';

export interface Victims {
  readonly cluster: TestCluster;
  /** Null where there is none, and the queue is PostgreSQL's. */
  readonly redis: RedisProcess | null;
  /** From the workers to the stores. */
  readonly wires: readonly LooseWire[];
  readonly startWorker: () => Promise<ServiceProcess>;
  readonly startApi: () => Promise<ServiceProcess>;
}

/** Longer than a lease. */
const awayMs = 5_000;

/** What breaks a cluster: one thing after the other, each done with before the next. */
export class Nemesis {
  private readonly done = new Map<string, number>();

  private constructor(
    private readonly victims: Victims,
    private readonly roll: (sides: number) => number,
    private readonly workers: ServiceProcess[],
    private api: ServiceProcess,
  ) {}

  static async over(victims: Victims, workers: number, roll: (sides: number) => number): Promise<Nemesis> {
    const started = await Promise.all(Array.from({ length: workers }, () => victims.startWorker()));
    return new Nemesis(victims, roll, started, await victims.startApi());
  }

  /** By name; what this machine cannot do is left out. */
  private readonly faults: Readonly<Record<string, () => Promise<void>>> = {
    'worker killed': () => this.replace('SIGKILL'),
    'worker sent away': () => this.replace('SIGTERM'),
    'worker stopped, and continued': () => this.stopAWhile(),
    'lane killed': async () => {
      await killChild(this.anyWorker().pid);
    },
    'wires to the stores cut': () => this.cutAWhile(),
    'PostgreSQL crashed': () => this.crashPostgres(),
    'API killed': () => this.restartApi(),
    'Redis killed': async () => {
      await this.victims.redis?.killAndRestart();
    },
  };

  /** Each kind once, in an order that the dice say, and from then on any. */
  async *break(): AsyncGenerator<string> {
    const names = this.names;
    const first = [...names];
    for (;;) {
      const name = first.splice(this.roll(first.length), 1)[0] ?? names[this.roll(names.length)] ?? '';
      await this.faults[name]?.();
      this.done.set(name, (this.done.get(name) ?? 0) + 1);
      yield name;
    }
  }

  get hasDoneAll(): boolean {
    return this.done.size === this.names.length;
  }

  /** How often each happened. */
  get counts(): readonly (readonly [string, number])[] {
    return [...this.done].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  async end(): Promise<void> {
    await Promise.all([...this.workers, this.api].map((service) => service.end('SIGKILL')));
  }

  private get names(): string[] {
    return Object.keys(this.faults).filter((name) => name !== 'Redis killed' || this.victims.redis !== null);
  }

  private anyWorker(): ServiceProcess {
    const worker = this.workers[this.roll(this.workers.length)];
    if (!worker) throw new Error('There is no worker.');
    return worker;
  }

  private async replace(signal: NodeJS.Signals): Promise<void> {
    const worker = this.anyWorker();
    const code = await worker.end(signal);
    if (signal === 'SIGTERM' && code !== 0) throw new Error(`A worker that was asked to go ended with ${code}.`);
    this.workers[this.workers.indexOf(worker)] = await this.victims.startWorker();
  }

  private async stopAWhile(): Promise<void> {
    const worker = this.anyWorker();
    worker.signal('SIGSTOP');
    await pause(awayMs);
    worker.signal('SIGCONT');
  }

  private async cutAWhile(): Promise<void> {
    for (const wire of this.victims.wires) wire.cut();
    await pause(awayMs);
    for (const wire of this.victims.wires) wire.mend();
  }

  /** A server process that is killed takes all others with it: PostgreSQL ends every connection and recovers from its log. */
  private async crashPostgres(): Promise<void> {
    const { database } = this.victims.cluster;
    const [server] = await database.asRelay((rows) => rows<{ pid: number }>('SELECT pg_backend_pid() AS pid'));
    if (server) process.kill(server.pid, 'SIGKILL');
  }

  private async restartApi(): Promise<void> {
    await this.api.end('SIGKILL');
    this.api = await this.victims.startApi();
  }
}
