import process from 'node:process';
import type { Failure } from '@quarry/contracts';
import { failureWords, type StrategyOnDisk } from '../backtest/failure-words.js';
import type { Config } from '../config.js';
import { exitCodeOf, hasJson, type ExitCode } from '../exit-codes.js';
import { paint } from './paint.js';

interface Told {
  /** Null where its files do not lie on this machine. */
  readonly strategy: StrategyOnDisk | null;
  readonly flags: { readonly out?: string; readonly json?: boolean };
  readonly config: Config;
}

/**
 * A failure in words on stderr, and with `--json` as an object on stdout.
 * @param report of the run that failed, where it has one
 */
export function tellFailure(
  failure: Failure,
  { strategy, flags, config }: Told,
  report: object = { failure },
): ExitCode {
  process.stderr.write(failureWords(failure, strategy, paint(config.colour && process.stderr.isTTY)));
  if (flags.out !== undefined) process.stderr.write(`Nothing was written to ${flags.out}.\n`);
  const code = exitCodeOf(failure);
  if (flags.json && hasJson(code)) process.stdout.write(`${JSON.stringify(report)}\n`);
  return code;
}
