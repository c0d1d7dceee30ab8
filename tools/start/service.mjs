import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const leash = fileURLToPath(new URL('leash.mjs', import.meta.url));
const longestPause = 30_000;
/** After so long alive, a crash counts as the first again. */
const steady = 60_000;
const largestLog = 10_000_000;

/** One child process, kept running: after a crash it is started again, ever later while it keeps crashing. */
export class Service {
  #child = null;
  #timer = null;
  #isStopping = false;
  #crashes = 0;
  #startedAt = 0;

  /**
   * `onCrash` is told { name, how, words, pause } when the process ended by itself. With a `niceness` above 0 it yields to
   * others where processors are short.
   */
  constructor({ name, program, env, logs, onCrash, niceness = 0 }) {
    Object.assign(this, { name, program, env, onCrash, niceness });
    mkdirSync(logs, { recursive: true });
    this.log = join(logs, `${name}.log`);
    if ((statSync(this.log, { throwIfNoEntry: false })?.size ?? 0) > largestLog) renameSync(this.log, `${this.log}.1`);
  }

  get pid() {
    return this.#child?.pid;
  }

  get isRunning() {
    return this.#child !== null;
  }

  start() {
    const log = openSync(this.log, 'a', 0o640);
    this.#startedAt = Date.now();
    // A group of its own: Ctrl-C at the terminal reaches the supervisor only, which ends its children in order.
    const child = spawn(process.execPath, ['--no-node-snapshot', leash, this.program], {
      env: { ...this.env, PATH: `${dirname(process.execPath)}:${this.env.PATH ?? ''}` },
      stdio: ['ignore', log, log, 'ipc'],
      detached: true,
    });
    closeSync(log);
    this.#child = child;
    if (this.niceness > 0 && child.pid !== undefined) setPriority(child.pid, this.niceness);
    child.once('exit', (code, signal) => this.#ended(signal ?? `code ${code}`));
    child.once('error', (error) => this.#ended(error.message));
    // Only its end is of interest; the channel alone must not keep the supervisor alive.
    child.channel?.unref();
  }

  #ended(how) {
    if (this.#child === null) return;
    this.#child = null;
    if (this.#isStopping) return;
    this.#crashes = Date.now() - this.#startedAt > steady ? 1 : this.#crashes + 1;
    const pause = Math.min(longestPause, 1000 * 2 ** (this.#crashes - 1));
    this.#timer = setTimeout(() => this.start(), pause);
    this.onCrash({ name: this.name, how, words: this.lastWords(), pause });
  }

  /** The end of its log. */
  lastWords() {
    return readFileSync(this.log, 'utf8').trimEnd().split('\n').slice(-8).join('\n');
  }

  /** Asks it to end, and insists after `patience` milliseconds. */
  async stop(patience = 20_000) {
    this.#isStopping = true;
    clearTimeout(this.#timer);
    const child = this.#child;
    if (!child) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const insist = setTimeout(() => child.kill('SIGKILL'), patience);
    await ended;
    clearTimeout(insist);
  }

  kill() {
    this.#isStopping = true;
    clearTimeout(this.#timer);
    this.#child?.kill('SIGKILL');
  }
}
