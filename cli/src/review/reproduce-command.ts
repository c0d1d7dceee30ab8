import { dirname, join } from 'node:path';
import process from 'node:process';
import { fixed, type Reproduction } from '@quarry/contracts';
import { reproduce } from '@quarry/runner';
import { stat } from 'node:fs/promises';
import type { Config } from '../config.js';
import { exitCodeOf, exitCodes, hasJson, type ExitCode } from '../exit-codes.js';
import { failureWords } from '../backtest/failure-words.js';
import { openData } from '../open-data.js';
import { openRunner } from '../open-runner.js';
import { readStrategy } from '../strategy-on-disk.js';
import { paint, printable, type Paint } from '../terminal/paint.js';
import { UsageError } from '../usage-error.js';
import { findDataset } from './find-dataset.js';
import { readReport } from './read-report.js';

export interface ReproduceFlags {
  readonly strategy?: string;
  readonly data?: string;
  readonly json?: boolean;
}

const metricsShown = 10;

/** `quarry reproduce`: makes a recorded run again and says whether it is the same, or where it parts. */
export async function reproduceRun(
  path: string,
  flags: ReproduceFlags,
  config: Config,
  signal: AbortSignal,
): Promise<ExitCode> {
  const report = await readReport(path);
  const { manifest } = report;
  if (manifest === null || report.failure) {
    throw new UsageError(`The run of "${path}" failed: there is nothing to reproduce. Run quarry backtest again.`);
  }
  const source = flags.strategy === undefined ? report.strategy?.source : (await readStrategy(flags.strategy)).source;
  if (!source) throw new UsageError(`"${path}" does not hold its strategy. Name it with --strategy.`);
  const dataset = flags.data === undefined ? await findDataset(manifest, config) : await openData(flags.data, config);
  if ('code' in dataset) {
    process.stderr.write(failureWords(dataset, null, paint(config.colour && process.stderr.isTTY)));
    return exitCodeOf(dataset);
  }
  const folder = (await stat(path)).isDirectory() ? path : dirname(path);

  const runner = await openRunner(config);
  try {
    const job = { report: { ...report, manifest }, ordersFile: join(folder, 'orders.parquet'), source, dataset };
    const again = await reproduce(runner, job, { signal });
    const code = again.failure ? exitCodeOf(again.failure) : again.identical ? exitCodes.ok : exitCodes.gateFailed;
    if (flags.json && hasJson(code)) process.stdout.write(`${JSON.stringify(again)}\n`);
    const colours = paint(config.colour && process.stdout.isTTY);
    if (again.failure) process.stderr.write(failureWords(again.failure, null, colours));
    else if (!flags.json) process.stdout.write(reproductionWords(again, colours));
    return code;
  } finally {
    await runner.close();
  }
}

function reproductionWords(
  { identical, changes, firstDifference, metrics, again }: Reproduction,
  paint: Paint,
): string {
  const lines = [
    identical
      ? `${paint.green(paint.bold('Identical'))}  order list ${again.orderListHash ?? ''}`
      : paint.red(paint.bold('Not the same run')),
  ];
  if (changes.length > 0) lines.push('', paint.bold('What changed'));
  for (const { what, name, before, after } of changes) {
    lines.push(printable(`  ${[what, name].filter(Boolean).join(' ')}: ${before} became ${after}`));
  }
  if (!identical && changes.length === 0)
    lines.push('  Nothing that determines a run has changed: this is a bug of Quarry.');
  if (firstDifference) {
    const { of, index, recorded, again: now } = firstDifference;
    lines.push('', paint.bold(`First ${of} that differs, number ${fixed(index + 1, 0)}`));
    lines.push(printable(`  recorded  ${recorded ?? 'nothing'}`), printable(`  again     ${now ?? 'nothing'}`));
  }
  const shown = metrics.slice(0, metricsShown);
  if (shown.length > 0) lines.push('', paint.bold('Figures'));
  for (const { label, recorded, again: now } of shown) lines.push(`  ${label}: ${recorded} became ${now}`);
  if (metrics.length > shown.length) lines.push(`  … and ${metrics.length - shown.length} more.`);
  return `${lines.join('\n')}\n`;
}
