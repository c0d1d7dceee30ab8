import { setTimeout as wait } from 'node:timers/promises';
import { submitRun } from './submit-run.mjs';

const get =
  (path) =>
  async (quarry, { run }) =>
    expectStatus(await quarry.ask('GET', path.replace(':run', run)), 200);

/** Of a hundred requests, so many of each kind: what pages of the studio ask for, and runs queued and cancelled. */
const mix = [
  { share: 25, kind: 'reads', ask: get('/api/runs?limit=50') },
  { share: 25, kind: 'reads', ask: get('/api/runs/:run') },
  { share: 8, kind: 'reads', ask: get('/api/datasets') },
  { share: 8, kind: 'reads', ask: get('/api/strategies') },
  { share: 8, kind: 'reads', ask: get('/api/cluster') },
  { share: 6, kind: 'reads', ask: get('/api/session') },
  { share: 5, kind: 'reads', ask: get('/api/team/limits') },
  { share: 5, kind: 'reads', ask: get('/health/ready') },
  { share: 5, kind: 'writes', ask: submit },
  { share: 5, kind: 'writes', ask: cancel },
].flatMap(({ share, ...one }) => Array.from({ length: share }, () => one));
/** Without a factor in common with a hundred: kinds come in turn rather than one after the other. */
const stride = 37;

/** Asks so many times a second, whether or not earlier answers have come; answers how long they took, ms, and what failed. */
export async function askAround(quarry, { seconds, rate }) {
  const state = { run: await submitRun(quarry, { kind: 'backtest' }), submitted: [] };
  const took = { reads: [], writes: [] };
  const errors = { reads: 0, writes: 0 };
  const failures = [];
  const under = new Set();
  const from = performance.now();
  for (let i = 0; i < seconds * rate; i++) {
    await wait(Math.max(0, from + (i * 1000) / rate - performance.now()));
    const { kind, ask } = mix[(i * stride) % mix.length];
    const asked = performance.now();
    const answer = ask(quarry, state)
      .then(() => took[kind].push(performance.now() - asked))
      .catch((error) => {
        errors[kind] += 1;
        failures.push(error.message);
      })
      .finally(() => under.delete(answer));
    under.add(answer);
  }
  await Promise.all(under);
  return {
    reads: { ...percentiles(took.reads), errors: errors.reads },
    writes: { ...percentiles(took.writes), errors: errors.writes },
    failures,
  };
}

async function submit(quarry, state) {
  state.submitted.push(await submitRun(quarry, { kind: 'backtest' }));
}

/** The oldest that was queued; it may have ended meanwhile. */
async function cancel(quarry, { submitted, run }) {
  expectStatus(await quarry.ask('POST', `/api/runs/${submitted.shift() ?? run}/cancel`), 200, 409);
}

function expectStatus({ status, body }, ...expected) {
  if (!expected.includes(status)) throw new Error(`${status}: ${body.detail ?? JSON.stringify(body)}`);
}

function percentiles(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
