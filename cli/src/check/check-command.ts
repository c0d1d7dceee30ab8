import process from 'node:process';
import type { CheckReport, ParamSpec } from '@quarry/contracts';
import { failureWords } from '../backtest/failure-words.js';
import type { Config } from '../config.js';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-codes.js';
import { openRunner } from '../open-runner.js';
import { readStrategy } from '../strategy-on-disk.js';
import { paint, printable } from '../terminal/paint.js';
import { table } from '../terminal/table.js';

/** `quarry check`: does the strategy compile, and which parameters does it declare. */
export async function check(path: string, json: boolean, config: Config, signal: AbortSignal): Promise<ExitCode> {
  const strategy = await readStrategy(path);
  const runner = await openRunner(config);
  try {
    const report = await runner.check(strategy.source, { signal });
    if (json) process.stdout.write(`${JSON.stringify(report)}\n`);
    if (report.failure !== null) {
      process.stderr.write(failureWords(report.failure, strategy, paint(config.colour && process.stderr.isTTY)));
      return exitCodeOf(report.failure);
    }
    if (!json) process.stdout.write(checkWords(report));
    return exitCodes.ok;
  } finally {
    await runner.close();
  }
}

function checkWords({ name, params }: CheckReport): string {
  const rows = Object.entries(params).map(([param, spec]) => [
    param,
    spec.type,
    String(spec.default),
    range(spec),
    spec.description,
  ]);
  const columns = ['Parameter', 'Type', 'Default', 'Range', 'Meaning'];
  const lines =
    rows.length === 0
      ? ['It declares no parameters.']
      : table(
          columns.map((title) => ({ title, align: 'left' })),
          rows,
        );
  return printable(`${name}: no errors\n\n${lines.join('\n')}\n`);
}

function range(spec: ParamSpec): string {
  switch (spec.type) {
    case 'int':
    case 'float':
      return Number.isFinite(spec.min) || Number.isFinite(spec.max) ? `${spec.min} to ${spec.max}` : '';
    case 'bool':
      return 'true, false';
    case 'choice':
      return spec.options.join(', ');
  }
}
