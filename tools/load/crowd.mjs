import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { submitRun } from './submit-run.mjs';

const runs = 20;
const tokens = 20;

/**
 * People who follow runs as they go: sweeps, of which one runs and the others wait. Who has heard the end of one goes on
 * to the next.
 */
export class Crowd {
  #quarry;
  #size;
  #sockets = new Set();
  #followed = [];
  #tokens = [];
  #isLeaving = false;
  #heard = { events: 0, errors: 0, failures: [] };

  constructor(quarry, size) {
    this.#quarry = quarry;
    this.#size = size;
  }

  async gather() {
    for (let i = 0; i < tokens; i++) {
      const { body } = await this.#quarry.ask('POST', '/api/tokens', { name: `listener ${i}`, scope: 'read', days: 1 });
      this.#tokens.push(body.token);
    }
    for (let i = 0; i < runs; i++) this.#followed.push(await this.#sweep(i));
    // A few at a time, as people come.
    for (let i = 0; i < this.#size; i += 50) {
      const some = Array.from({ length: Math.min(50, this.#size - i) }, (_, at) => this.#listen(i + at));
      await Promise.all(some);
    }
  }

  async leave() {
    this.#isLeaving = true;
    for (const socket of this.#sockets) socket.destroy();
    const open = this.#followed.filter((runId) => runId !== null);
    await Promise.all(open.map((runId) => this.#quarry.ask('POST', `/api/runs/${runId}/cancel`)));
    await wait(1_000);
    return this.#heard;
  }

  async #sweep(seed) {
    const search = { method: 'random', trials: 5_000, seed };
    return submitRun(this.#quarry, { kind: 'sweep', search, fresh: true });
  }

  /** Resolves when the stream is open; it is kept, and its run followed by the next. */
  #listen(number) {
    const runId = this.#followed[number % this.#followed.length];
    const headers = { authorization: `Bearer ${this.#tokens[number % tokens]}` };
    return new Promise((resolve) => {
      const asked = request(`${this.#quarry.address}/api/runs/${runId}/events`, { agent: false, headers });
      const fail = (why) => {
        this.#fail(`A stream of ${runId}: ${why}`);
        resolve();
      };
      asked.on('error', (error) => fail(error.message));
      asked.on('socket', (socket) => this.#sockets.add(socket));
      asked.on('response', (answer) => {
        resolve();
        if (answer.statusCode !== 200 && answer.statusCode !== 204) return fail(`answered ${answer.statusCode}`);
        answer.setEncoding('utf8');
        answer.on(
          'data',
          (text) => (this.#heard.events += text.split('\ndata: ').length - 1 + Number(text.startsWith('data: '))),
        );
        answer.on('error', (error) => fail(error.message));
        answer.on('end', () => {
          this.#sockets.delete(asked.socket);
          if (!this.#isLeaving) this.#goOn(number, runId).catch((error) => this.#fail(error.message));
        });
      });
      asked.end();
    });
  }

  /** The run has ended: another takes its place, for all that followed it. */
  async #goOn(number, runId) {
    const place = this.#followed.indexOf(runId);
    if (place >= 0) {
      this.#followed[place] = null;
      this.#followed[place] = await this.#sweep(Math.floor(performance.now()));
    }
    while (!this.#isLeaving && this.#followed[number % this.#followed.length] === null) await wait(20);
    if (!this.#isLeaving) await this.#listen(number);
  }

  #fail(why) {
    if (this.#isLeaving) return;
    this.#heard.errors += 1;
    this.#heard.failures.push(why);
  }
}
