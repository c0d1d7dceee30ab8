import { fork, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { canonicalJson, type Diagnostic, type StrategySource } from '@quarry/contracts';
import { watchProcess } from '../sandbox/watch-process.js';
import type { Compiled, CompileRequest, CompilerFiles } from './compiled.js';

const processFile = fileURLToPath(new URL('../../dist/compile/compiler-process.js', import.meta.url));
const files: CompilerFiles = {
  engineTypes: fileURLToPath(new URL('../../../engine/dist/engine.d.ts', import.meta.url)),
  engineExports: fileURLToPath(new URL('../../dist/engine-exports.json', import.meta.url)),
};

const cpuMs = 10_000;
/** Longer than that only on a machine that has no time for it. */
const wallMs = 60_000;
const maxResidentMb = 512;
const maxSourceCharacters = 5_000_000;
const maxRemembered = 100;

/** The name of a strategy's content: SHA-256 over its files and entry as canonical JSON. */
export function strategyHash({ entry, files: contents }: StrategySource): string {
  return createHash('sha256')
    .update(canonicalJson({ entry, files: contents }))
    .digest('hex');
}

/** Compiles strategies in a process of its own, one at a time; a source that breaks the process does not compile. */
export class Compiler {
  #process: ChildProcess | null = null;
  #last: Promise<unknown> = Promise.resolve();
  readonly #remembered = new Map<string, Compiled>();
  readonly #codeCache: string | undefined;
  #closed = false;

  /** @param codeCache folder in which Node may keep the compiler's own machine code, for a start in half the time */
  constructor(codeCache?: string) {
    this.#codeCache = codeCache;
  }

  /** Starts the process, so that the first strategy does not wait for it. */
  warm(): void {
    this.#start();
  }

  /** @param marked whether the script is to write down what of it ran */
  async compile(source: StrategySource, signal?: AbortSignal, marked = false): Promise<Compiled> {
    const hash = `${strategyHash(source)}${marked ? ', marked' : ''}`;
    const known = this.#remembered.get(hash);
    if (known) return known;
    if (Object.values(source.files).reduce((sum, text) => sum + text.length, 0) > maxSourceCharacters) {
      return refused(source, `The strategy's files hold more than ${maxSourceCharacters} characters in all.`);
    }
    const turn = this.#last.then(() => this.#compile({ source, marked }, signal));
    this.#last = turn.catch(() => undefined);
    const compiled = await turn;
    if (this.#remembered.size >= maxRemembered) this.#remembered.delete([...this.#remembered.keys()][0] ?? '');
    this.#remembered.set(hash, compiled);
    return compiled;
  }

  close(): void {
    this.#closed = true;
    this.#stop();
  }

  #start(): ChildProcess {
    const started = fork(processFile, [JSON.stringify(files)], {
      execArgv: ['--max-old-space-size=400', '--stack-size=3000'],
      env: { TZ: 'UTC', ...(this.#codeCache && { NODE_COMPILE_CACHE: this.#codeCache }) },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    started.on('exit', () => {
      if (this.#process === started) this.#process = null;
    });
    started.on('error', () => undefined);
    started.unref();
    started.channel?.unref();
    this.#process = started;
    return started;
  }

  #stop(): void {
    this.#process?.kill('SIGKILL');
    this.#process = null;
  }

  async #compile(request: CompileRequest, signal: AbortSignal | undefined): Promise<Compiled> {
    const { source } = request;
    signal?.throwIfAborted();
    if (this.#closed) throw new Error('The runner is closed.');
    const worker = this.#process ?? this.#start();
    return new Promise<Compiled>((resolve, reject) => {
      const settle = (finish: () => void): void => {
        clearTimeout(wall);
        watch.stop();
        signal?.removeEventListener('abort', aborted);
        worker.removeAllListeners('message').off('exit', died);
        worker.unref();
        worker.channel?.unref();
        finish();
      };
      const giveUp = (message: string): void => {
        settle(() => {
          this.#stop();
          resolve(refused(source, message));
        });
      };
      const died = (): void =>
        giveUp(
          watch.reason === null
            ? 'The compiler broke down over this source. It may be nested too deeply.'
            : watch.reason === 'timed-out'
              ? `Compiling took more than ${cpuMs / 1000} s of processor time.`
              : `Compiling took more than ${maxResidentMb} MB of memory.`,
        );
      const aborted = (): void =>
        settle(() => {
          this.#stop();
          reject(signal?.reason as Error);
        });
      const wall = setTimeout(
        () =>
          giveUp(`The machine did not get to compile it within ${wallMs / 1000} s. Try again when it is less busy.`),
        wallMs,
      );
      const watch = watchProcess(worker.pid, { residentMb: maxResidentMb, cpuMs });
      worker.ref();
      worker.channel?.ref();
      worker.once('message', (compiled) => settle(() => resolve(compiled as Compiled)));
      worker.once('exit', died);
      signal?.addEventListener('abort', aborted, { once: true });
      worker.send(request);
    });
  }
}

function refused({ entry }: StrategySource, message: string): Compiled {
  const at: Diagnostic = {
    file: entry,
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
    severity: 'error',
    code: 'compiler',
    message,
  };
  return { diagnostics: [at], script: null };
}
