import { hostname } from 'node:os';
import { Database, drainedWorkers, startScaling, workersWanted } from '@quarry/platform/database';

const everyMs = 1_000;

/**
 * The worker processes of this machine, as many as the scaling policy wants: it is asked each second, and answers within
 * the bounds that were given or that an admin set since. A worker that goes is asked to: it finishes or hands back.
 */
export class WorkerFleet {
  #database;
  #makeService;
  #onChange;
  #timer = null;
  #following = Promise.resolve();
  #leaving = new Set();
  #isStopping = false;
  #stopped = null;
  services = [];

  /** `makeService` is given a worker's number; `onChange` is told how many there are now, and were. */
  static async start({ databaseUrl, bounds, makeService, onChange }) {
    const database = await Database.connect(databaseUrl, { applicationName: 'quarry-start', poolSize: 1 });
    await database.asRelay((rows) => startScaling(rows, bounds));
    const fleet = new WorkerFleet(database, makeService);
    await fleet.#follow();
    fleet.#onChange = onChange;
    fleet.#timer = setInterval(() => (fleet.#following = fleet.#following.then(() => fleet.#follow())), everyMs);
    return fleet;
  }

  constructor(database, makeService) {
    this.#database = database;
    this.#makeService = makeService;
  }

  async #follow() {
    if (this.#isStopping) return;
    let wanted;
    try {
      const [count, drained] = await this.#database.asRelay(async (rows) => [
        await workersWanted(rows),
        await drainedWorkers(rows, hostname()),
      ]);
      // One that an admin has taken out takes nothing: it stays until it is taken back, beside those that are wanted.
      wanted = count + this.services.filter(({ pid }) => drained.has(pid)).length;
      this.services.sort((a, b) => Number(drained.has(a.pid)) - Number(drained.has(b.pid)));
    } catch {
      // A database that is away says nothing about workers; it is asked again.
      return;
    }
    const before = this.services.length;
    while (this.services.length < wanted) this.#add();
    while (this.services.length > wanted) this.#remove();
    if (this.services.length !== before) this.#onChange?.(this.services.length, before);
  }

  #add() {
    const taken = new Set([...this.services, ...this.#leaving].map(({ number }) => number));
    let number = 1;
    while (taken.has(number)) number++;
    const service = this.#makeService(number);
    service.number = number;
    this.services.push(service);
    service.start();
  }

  #remove() {
    const service = this.services.pop();
    this.#leaving.add(service);
    void service.stop().then(() => this.#leaving.delete(service));
  }

  /** Asks all to end, and waits for it. */
  stop(patience) {
    return (this.#stopped ??= this.#stop(patience));
  }

  async #stop(patience) {
    this.#isStopping = true;
    clearInterval(this.#timer);
    await this.#following;
    await Promise.all([...this.services, ...this.#leaving].map((service) => service.stop(patience)));
    await this.#database.close();
  }

  kill() {
    for (const service of [...this.services, ...this.#leaving]) service.kill();
  }
}
