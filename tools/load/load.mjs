// `npm run load` shows how the API bears many at once: it starts a Quarry of its own, lets people listen to runs and others
// ask and change things, and prints how long they waited, what failed, and what the API holds before and after.
//   npm run load                       1,000 listeners and 100 requests a second for 60 s
//   npm run load -- --seconds 600      for so long
//   npm run load -- --listeners 50 --rate 20 --seconds 10 --json
// Ends with 1 where reads waited too long, anything failed, or what the listeners used is not given back.
import process from 'node:process';
import { parseArgs } from 'node:util';
import { build, explainFailure } from '../build/build.mjs';
import { step } from '../build/progress.mjs';

/** The 95th percentile of reads, milliseconds. */
const mostMs = 200;
/** How much more than before the API may hold once everybody has left: caches that fill, MiB. */
const mostHeapMb = 16;
const mostHandles = 20;

const wanted = readArguments();
try {
  await build('server');
} catch (error) {
  explainFailure(error);
  process.exit(1);
}
const { OwnQuarry } = await import('./own-quarry.mjs');
const { Crowd } = await import('./crowd.mjs');
const { askAround } = await import('./ask-around.mjs');
const { whatApiHolds } = await import('./what-api-holds.mjs');

const quarry = await step('A Quarry of its own', () => OwnQuarry.start());
let told;
try {
  // What a first use builds up is no leak.
  await step('Warming up', () => askAround(quarry, { seconds: 10, rate: wanted.rate }));
  const before = await whatApiHolds(quarry);
  const crowd = new Crowd(quarry, wanted.listeners);
  await step(`${wanted.listeners} listeners`, () => crowd.gather());
  const asked = await step(`${wanted.rate} requests a second for ${wanted.seconds} s`, () => askAround(quarry, wanted));
  const during = await whatApiHolds(quarry);
  const heard = await step('Everybody leaves', () => crowd.leave());
  const after = await whatApiHolds(quarry);
  told = { ...asked, heard, held: { before, during, after } };
} finally {
  await step('Ending', () => quarry.stop());
}

const { before, after } = told.held;
const verdicts = [
  [`p95 of reads below ${mostMs} ms`, told.reads.p95 < mostMs],
  ['no error', told.reads.errors + told.writes.errors + told.heard.errors === 0],
  [`heap level within ${mostHeapMb} MiB`, after.heapMb - before.heapMb <= mostHeapMb],
  [`handles level within ${mostHandles}`, after.handles - before.handles <= mostHandles],
];
if (wanted.json) process.stdout.write(`${JSON.stringify(told)}\n`);
else print(told, verdicts);
if (verdicts.some(([, holds]) => !holds)) process.exitCode = 1;

function print({ reads, writes, heard, held, failures }, lines) {
  const row = (...cells) =>
    `  ${cells.map((cell, at) => (at === 0 ? cell.padEnd(16) : String(cell).padStart(10))).join('')}\n`;
  const wait = (name, { count, p50, p95, p99, errors }) =>
    row(name, count, ...[p50, p95, p99].map((ms) => `${ms.toFixed(1)} ms`), errors);
  const holds = (name, { heapMb, handles, rssMb }) => row(name, heapMb.toFixed(1), handles, rssMb.toFixed(0));
  const table = [
    row('', 'count', 'p50', 'p95', 'p99', 'errors'),
    wait('reads', reads),
    wait('writes', writes),
    row('events heard', heard.events, '', '', '', heard.errors),
    '\n',
    row('the API', 'heap MiB', 'handles', 'RSS MiB'),
    holds('before', held.before),
    holds('with listeners', held.during),
    holds('after', held.after),
    '\n',
    ...lines.map(([what, isSo]) => `  ${isSo ? '✓' : '✗'} ${what}\n`),
    ...[...failures, ...heard.failures].slice(0, 10).map((failure) => `    ${failure}\n`),
  ];
  process.stdout.write(`\n${table.join('')}\n`);
}

function readArguments() {
  const options = {
    seconds: { type: 'string', default: '60' },
    listeners: { type: 'string', default: '1000' },
    rate: { type: 'string', default: '100' },
    json: { type: 'boolean', default: false },
  };
  try {
    const { json, ...numbers } = parseArgs({ options }).values;
    for (const [name, text] of Object.entries(numbers)) {
      if (!/^[1-9]\d{0,4}$/.test(text))
        throw new Error(`--${name} is "${text}", which is not a whole number from 1 to 99,999.`);
    }
    return { json, ...Object.fromEntries(Object.entries(numbers).map(([name, text]) => [name, Number(text)])) };
  } catch (error) {
    process.stderr.write(`${error.message}\nOptions: --seconds, --listeners, --rate, --json.\n`);
    process.exit(2);
  }
}
