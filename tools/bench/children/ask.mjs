import { fork } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** A child of the bench that answers one message at a time. */
export class Child {
  #process;

  /** @param {string} name file in this folder @param {readonly string[]} flags further ones for Node @param {object} env further variables */
  constructor(name, flags = [], env = {}) {
    this.#process = fork(fileURLToPath(new URL(name, import.meta.url)), [], {
      execArgv: ['--no-node-snapshot', '--no-warnings', ...flags],
      serialization: 'advanced',
      env: { ...process.env, TZ: 'UTC', ...env },
    });
  }

  /** The answer to a message; `heard` is told what the child says before it. */
  ask(message, heard = () => undefined) {
    return new Promise((resolve, reject) => {
      const died = (code, signal) => reject(new Error(`A child of the bench ended by itself: ${signal ?? code}.`));
      const listen = (said) => {
        if ('news' in said) return heard(said.news);
        this.#process.off('exit', died).off('message', listen);
        if (said.error) reject(new Error(said.error));
        else resolve(said);
      };
      this.#process.once('exit', died).on('message', listen);
      this.#process.send(message);
    });
  }

  async close() {
    if (this.#process.exitCode !== null) return;
    const gone = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.disconnect();
    await gone;
  }
}

/** Called in a child: says something before its answer. */
export function tell(news) {
  process.send({ news });
}

/** Called in a child: answers every message by what `answer` makes of it. */
export function serve(answer) {
  process.on('message', (message) => {
    Promise.resolve(message)
      .then(answer)
      .then(
        (value) => process.send(value),
        (error) => process.send({ error: error instanceof Error ? error.stack : String(error) }),
      );
  });
}
