import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';

const program = 'api/dist/main.js';
const what = `JSON.stringify({ heap: process.memoryUsage().heapUsed, handles: process.getActiveResourcesInfo().length, rss: process.memoryUsage.rss() })`;

/** The API closes a connection that nobody used for so long. */
const idleMs = 6_000;

/** What lives in the API's heap once it was collected, its open handles, and its resident memory, asked through its debugger. */
export async function whatApiHolds(quarry) {
  await wait(idleMs);
  const debuggers = new WebSocket(await debuggerOf(quarry));
  await once(debuggers, 'open');
  let last = 0;
  const tell = (method, params = {}) => {
    const id = ++last;
    debuggers.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve) => {
      debuggers.addEventListener('message', ({ data }) => {
        const answer = JSON.parse(data);
        if (answer.id === id) resolve(answer.result);
      });
    });
  };
  try {
    for (let i = 0; i < 3; i++) await tell('HeapProfiler.collectGarbage');
    const { result } = await tell('Runtime.evaluate', { expression: what });
    const { heap, handles, rss } = JSON.parse(result.value);
    return { heapMb: heap / 2 ** 20, handles, rssMb: rss / 2 ** 20 };
  } finally {
    debuggers.close();
  }
}

/** A signal opens the debugger on loopback; the log tells where. */
async function debuggerOf({ pid, home }) {
  const api = await childOf(pid);
  for (;;) {
    const log = await readFile(join(home, 'logs', 'api.log'), 'utf8');
    const address = [...log.matchAll(/Debugger listening on (ws:\S+)/g)].at(-1)?.[1];
    if (address) return address;
    process.kill(api, 'SIGUSR1');
    await wait(200);
  }
}

async function childOf(parent) {
  for (const name of await readdir('/proc')) {
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '');
    if (Number(/^PPid:\s+(\d+)$/m.exec(status)?.[1]) !== parent) continue;
    if ((await readFile(`/proc/${name}/cmdline`, 'utf8')).includes(program)) return Number(name);
  }
  throw new Error('The API does not run. What the API holds can be told on Linux only.');
}
