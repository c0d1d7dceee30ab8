import { fork } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** A child of the bench that answers one message at a time. */
export class Child {
  #process;

  /** @param {string} name file in this folder @param {readonly string[]} flags further flags for Node */
  constructor(name, flags = []) {
    this.#process = fork(fileURLToPath(new URL(name, import.meta.url)), [], {
      execArgv: ['--no-node-snapshot', '--no-warnings', ...flags],
      serialization: 'advanced',
      env: { ...process.env, TZ: 'UTC' },
    });
  }

  ask(message) {
    return new Promise((resolve, reject) => {
      const died = (code, signal) => reject(new Error(`A child of the bench ended by itself: ${signal ?? code}.`));
      this.#process.once('exit', died);
      this.#process.once('message', (answer) => {
        this.#process.off('exit', died);
        if (answer?.error) reject(new Error(answer.error));
        else resolve(answer);
      });
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
