// `npm run bench` prints how fast Quarry is, as ratios to a hand-written loop taken in the same sitting.
//   npm run bench                  every workload, as a table
//   npm run bench -- W1 W7         those alone
//   npm run bench -- W1 --json     one JSON object a line: {"workload","ms","baselineMs","ratio","rssMb"}
import process from 'node:process';
import { build } from '../build/build.mjs';

/** What each workload must reach: a ratio to its baseline, or milliseconds where it has none; and the most memory, MiB. */
const goals = {
  W1: {
    file: 'w1.mjs',
    run: 'w1',
    goal: 2.0,
    mostMb: 400,
    says: 'one backtest, 1,000,000 minute bars: guest, replay, report',
  },
  W1g: { file: 'w1.mjs', run: 'w1g', goal: 1.5, mostMb: 200, says: "the guest's part of it alone" },
  W1c: { file: 'w1c.mjs', run: 'w1c', goal: 1.5, says: 'the same cold, in a new isolate: 100,000 and 5,000 bars' },
  W2: {
    file: 'w2.mjs',
    run: 'w2',
    goal: 2.0,
    mostMb: 500,
    says: 'sweep, 200 pairs of averages x 100,000 bars: guests, replays, metrics, on two lanes',
  },
  W3a: { file: 'w3.mjs', run: 'w3a', goal: 1.3, says: 'Monte Carlo: 10,000 GBM paths of 252 steps, bands, VaR, CVaR' },
  W3b: { file: 'w3.mjs', run: 'w3b', goal: 1.3, says: '10,000 bootstrap resamples of 1,000 trades, drawdowns' },
  W4: {
    file: 'w4.mjs',
    run: 'w4',
    goal: 2.0,
    mostMb: 1500,
    says: 'CSV of 1,000,000 and of 10,000,000 minute bars to a stored dataset, checks included',
  },
  W6: { file: 'w6.mjs', run: 'w6', goal: 1.5, says: 'SMA, EMA, RSI, MACD, Bollinger bands, ATR over 1,000,000 bars' },
  W500: {
    file: 'w500.mjs',
    run: 'w500',
    goal: 3.0,
    mostMb: 800,
    says: 'a ranking over 500 symbols of 5,000 days: guest, replay, report',
  },
  W7: {
    file: 'w7.mjs',
    run: 'w7',
    goalMs: 5,
    says: 'a run in an isolate beside its work: in a child that stood ready, and all of it anew',
  },
  W9: {
    file: 'w9.mjs',
    run: 'w9',
    goal: 0.3,
    mostMb: (4 * 6 * 8e6) / 2 ** 20,
    says: 'dataset to columns, 1,000,000 bars: second read over the first',
  },
  W10: {
    file: 'w10.mjs',
    run: 'w10',
    builds: 'code',
    says: 'submit to result for 100,000 bars, warm, on PostgreSQL (W10) and on Redis (W10r), and 1,000 empty slices (W10e); beside it the bare queue',
  },
};

const options = process.argv.slice(2);
const json = options.includes('--json');
const named = options.filter((option) => !option.startsWith('--'));
const unknown = [
  ...named.filter((name) => !(name in goals)),
  ...options.filter((option) => option.startsWith('--') && option !== '--json'),
];
if (unknown.length > 0) {
  process.stderr.write(
    `There is no ${unknown.join(', ')}. Workloads: ${Object.keys(goals).join(', ')}. Options: --json.\n`,
  );
  process.exit(2);
}

// Everything below runs what is built; the workloads are loaded once it is.
const chosen = named.length > 0 ? named : Object.keys(goals);
await build(chosen.some((name) => goals[name].builds === 'code') ? 'code' : 'cli');

const round = (value, digits) => (value === null ? null : Number(value.toFixed(digits)));

for (const name of chosen) {
  const { file, run, goal, mostMb = Infinity, says } = goals[name];
  const workloads = await import(`./workloads/${file}`);
  if (!json) process.stdout.write(`${name}  ${says}\n`);
  for (const { workload, ms, baselineMs, rssMb, goalMs = goals[name].goalMs } of await workloads[run]({ repeats: 9 })) {
    const ratio = baselineMs === null ? null : ms / baselineMs;
    const row = {
      workload,
      ms: round(ms, 3),
      baselineMs: round(baselineMs, 3),
      ratio: round(ratio, 3),
      rssMb: round(rssMb, 1),
    };
    if (json) {
      process.stdout.write(`${JSON.stringify(row)}\n`);
      continue;
    }
    const verdict = (reached) => (reached ? 'reached' : 'MISSED');
    const beside = ratio === null ? '' : `${row.ratio} x ${row.baselineMs} ms, `;
    const speed = `${beside}goal ${goalMs === undefined ? goal : `${goalMs} ms`}`;
    const peak = rssMb === null ? '' : `   peak ${row.rssMb} MiB`;
    const memory = mostMb === Infinity ? '' : `, goal ${Math.floor(mostMb)}: ${verdict(rssMb <= mostMb)}`;
    const fast = verdict(goalMs === undefined ? ratio <= goal : ms <= goalMs);
    process.stdout.write(
      `  ${workload.padEnd(7)} ${String(row.ms).padStart(9)} ms   ${speed}: ${fast}${peak}${memory}\n`,
    );
  }
}
