import { spawn, type ChildProcess } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** The built command; specs spawn it as a person's shell does. */
const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** Where the tools of the wall lie; nothing else of the developer's own environment reaches the command. */
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A shell for specs: a working folder and a home of its own, no colours. */
export class Shell {
  constructor(
    readonly folder: string,
    private readonly home: string,
  ) {}

  async quarry(...args: readonly string[]): Promise<Ended> {
    return this.end(this.start(...args));
  }

  start(...args: readonly string[]): ChildProcess {
    return spawn(process.execPath, ['--no-node-snapshot', main, ...args], {
      cwd: this.folder,
      env: { PATH: systemPath, QUARRY_HOME: this.home },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  end(child: ChildProcess): Promise<Ended> {
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, stdout, stderr }));
    });
  }
}
