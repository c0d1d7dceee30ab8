import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../start/start.mjs', import.meta.url));
const lots = '1000000';

/** A Quarry in a folder of its own, as `npm start` runs it, with somebody signed in. */
export class OwnQuarry {
  #child;
  #parent;
  #agent = new Agent({ keepAlive: true, maxSockets: 256 });
  address = '';
  /** What signs a request in. */
  headers = {};

  /** `env` is added to that of this process. */
  static async start(env = {}) {
    const quarry = new OwnQuarry();
    try {
      await quarry.#start(env);
      return quarry;
    } catch (error) {
      await quarry.stop();
      throw error;
    }
  }

  get pid() {
    return this.#child.pid;
  }

  get home() {
    return join(this.#parent, 'home');
  }

  async #start(env) {
    this.#parent = await mkdtemp(join(tmpdir(), 'quarry-load-'));
    // The embedded server may be another user.
    await chmod(this.#parent, 0o711);
    const limits = { LIMIT_USER_REQUESTS_PER_MINUTE: lots, LIMIT_REQUESTS_PER_MINUTE: lots };
    this.#child = spawn(process.execPath, ['--no-node-snapshot', program, '--home', this.home, '--workers', '1'], {
      // Whoever asks the API how much it holds, finds the debugger on any free port.
      env: { ...process.env, ...env, ...limits, NODE_OPTIONS: '--inspect-port=0' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    this.#child.stderr.on('data', (chunk) => (said += chunk));
    for (let found = null; found === null; await wait(50)) {
      if (this.#child.exitCode !== null) throw new Error(said);
      found = /➜ {2}(\S+)[^]*Email +(\S+)[^]*Password +(\S+)/.exec(said);
      if (found) await this.#signIn(found);
    }
    for (;;) {
      const { body } = await this.ask('GET', '/api/datasets');
      if (body.length > 0 && body.every(({ info }) => info !== null)) return;
      await wait(100);
    }
  }

  async #signIn([, address, email, password]) {
    this.address = address;
    this.headers = { 'x-quarry': '1', 'content-type': 'application/json' };
    const { headers } = await this.ask('POST', '/api/session', { email, password });
    this.headers.cookie = headers['set-cookie'].map((cookie) => cookie.split(';')[0]).join('; ');
  }

  /** Asks the API on one of few connections that stay, as a browser does: one that was closed meanwhile is made anew. */
  async ask(method, path, body) {
    const asked = request(this.address + path, { method, agent: this.#agent, headers: this.headers });
    asked.end(body === undefined ? undefined : JSON.stringify(body));
    try {
      const [answer] = await once(asked, 'response');
      const said = await text(answer);
      const isJson = /json/.test(answer.headers['content-type'] ?? '');
      return { status: answer.statusCode, headers: answer.headers, body: isJson ? JSON.parse(said) : said };
    } catch (error) {
      if (error.code === 'ECONNRESET' && asked.reusedSocket) return this.ask(method, path, body);
      throw error;
    }
  }

  async stop() {
    this.#agent.destroy();
    if (this.#child.exitCode === null) {
      const ended = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      await ended;
    }
    await rm(this.#parent, { recursive: true, force: true });
  }
}
