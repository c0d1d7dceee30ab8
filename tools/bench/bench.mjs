// `npm run bench` prints how fast Quarry is, as ratios to a hand-written loop taken in the same sitting.
//   npm run bench                  every workload, as a table
//   npm run bench -- W1 W7         those alone
//   npm run bench -- W1 --json     one JSON object a line: {"workload","ms","baselineMs","ratio","rssMb"}
import process from 'node:process';
import { w1, w1g } from './workloads/w1.mjs';
import { w1c } from './workloads/w1c.mjs';
import { w7 } from './workloads/w7.mjs';
import { w9 } from './workloads/w9.mjs';

/** What each workload must reach: a ratio to its baseline, or milliseconds where it has none. */
const goals = {
  W1: { run: w1, goal: 2.0, says: 'one backtest, 1,000,000 minute bars: guest, replay, report' },
  W1g: { run: w1g, goal: 1.5, says: "the guest's part of it alone" },
  W1c: { run: w1c, goal: 1.5, says: 'the same cold, in a new isolate: 100,000 and 5,000 bars' },
  W7: { run: w7, goalMs: 5, says: 'overhead of one run in an isolate, data cached' },
  W9: { run: w9, goal: 0.3, says: 'dataset to columns, 1,000,000 bars: second read over the first' },
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

const round = (value, digits) => (value === null ? null : Number(value.toFixed(digits)));

for (const name of named.length > 0 ? named : Object.keys(goals)) {
  const { run, goal, goalMs, says } = goals[name];
  if (!json) process.stdout.write(`${name}  ${says}\n`);
  for (const { workload, ms, baselineMs, rssMb, note } of await run({ repeats: 9 })) {
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
    const reached = ratio === null ? ms <= goalMs : ratio <= goal;
    const against = ratio === null ? `goal ${goalMs} ms` : `${row.ratio} x ${row.baselineMs} ms, goal ${goal}`;
    process.stdout.write(
      `  ${workload.padEnd(7)} ${String(row.ms).padStart(9)} ms   ${against}   ${reached ? 'reached' : 'MISSED'}   peak ${row.rssMb} MiB${note ? `, ${note}` : ''}\n`,
    );
  }
}
