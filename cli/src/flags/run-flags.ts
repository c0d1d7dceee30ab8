import type { Command } from 'commander';
import { paramFlag } from './params.js';
import { riskFlag, riskForms } from './risk.js';

/** Gives a command the options of one run: those of `backtestOptions`. */
export function runFlags(command: Command): Command {
  return accountFlags(dataFlag(command))
    .option('--param <name=value>', 'a parameter of the strategy; repeat for more', paramFlag)
    .option('--seed <number>', "seed of the run's random numbers (default: 1)");
}

/** Gives a command the options of one backtest, wherever it runs, and of what becomes of its report. */
export function backtestFlags(command: Command): Command {
  return runFlags(command)
    .option(
      '--profile <name>',
      'whose metrics: v1, or those of backtesting.py (btpy), quantstats (qs), empyrical (emp) (default: v1)',
    )
    .option('--benchmark <name>', 'buy-and-hold or none (default: buy-and-hold)')
    .option('--out <folder>', 'also write report.json, report.html, Parquet and CSV there, all or nothing')
    .option('--json', 'print the report as one JSON object; a failed run has "failure" in it');
}

export const strategyHelp = 'a folder, or a .ts file that default-exports defineStrategy(…)';
export const dataHelp = 'dataset name, dataset folder, or a CSV, Parquet, gz or zip file';

export function dataFlag(command: Command): Command {
  return command.requiredOption('--data <name|path>', dataHelp);
}

/** Those that say which of the bars a strategy runs over, and in what account. */
export function accountFlags(command: Command): Command {
  return command
    .option('--symbol <symbol>', 'which symbol, where the data have several')
    .option('--symbols <list>', 'several symbols in one account: AAPL,MSFT or all')
    .option('--interval <length>', 'which bar length, where the data have several: 1m, 15m, 1h, 1d')
    .option('--from <date>', 'first day or moment in UTC, like 2005-01-01 or 2005-01-01T14:30')
    .option('--to <date>', 'last day or moment in UTC, inclusive')
    .option(
      '--prices <kind>',
      'raw, split-adjusted, total-return or as-stored: which splits and dividends are carried out (default: as the data say)',
    )
    .option('--cash <amount>', 'starting cash (default: 100000)')
    .option(
      '--commission <model>',
      '2bp, 1.5/order, 0.005/unit,min=1, maker=1bp,taker=5bp, tiers 10bp,5bp>1e6, none (default: none)',
    )
    .option('--spread <rate>', '2bp, 0.1% or none; half on each side, or 2bp,entry-only (default: none)')
    .option('--slippage <model>', '1bp, 0.01/unit, volume,impact=0.1,limit=2.5%, root,factor=1 or none (default: none)')
    .option('--borrow <rate>', 'fee a year on what is sold short: 3% (default: none)')
    .option('--interest <rate>', 'interest a year on borrowed cash: 6% (default: none)')
    .option('--funding <rate/hours>', 'of a perpetual: 1bp/8h, or column=fundingRate,1bp/8h (default: none)')
    .option('--margin <rule>', 'to open, and to hold: 50%,maintenance=25%, or with ,at-once (default: none)')
    .option('--risk <rule>', `a check before each order; repeat for more: ${riskForms.join(', ')}`, riskFlag)
    .option('--fill <model>', 'next-open or this-close (default: next-open)')
    .option(
      '--path <model>',
      'prices within a bar: certain, ohlc-path, adaptive-path or pessimistic (default: certain)',
    )
    .option('--volume-cap <share>', "most of a bar's volume that fills may take: 10%, 0.1 or none (default: none)")
    .option('--leverage <factor>', 'buying power per unit of equity (default: 1)')
    .option('--units <kind>', 'whole or fractional (default: fractional)')
    .option('--exclusive', 'a new entry first closes the position and cancels what waits')
    .option('--at-end <rule>', 'open trades at the end: mark or close-at-last-open (default: mark)');
}
