import process from 'node:process';
import { Command, type CommanderError } from 'commander';
import { completionScript, shells } from './completions/completion-script.js';
import { readConfig } from './config.js';
import { exitCodes, exitCodesHelp, type ExitCode } from './exit-codes.js';
import { columnFlag } from './flags/columns.js';
import { choiceFlag } from './flags/number.js';
import { remoteFlags, type RemoteFlags } from './flags/remote.js';
import { backtestFlags, strategyHelp } from './flags/run-flags.js';
import type { BacktestFlags } from './backtest/backtest-options.js';
import type { IngestFlags } from './data/data-commands.js';
import { proofCommands } from './proof-commands.js';
import { remoteCommands } from './remote-commands.js';
import { searchCommands } from './search-commands.js';
import { UsageError } from './usage-error.js';
import { quarryVersion } from './version.js';

/**
 * Parses the command line and does what it says. Each command's code is loaded only when it runs, so `--help` is quick.
 * @throws UsageError where the command line is wrong.
 */
export async function runProgram(args: readonly string[], signal: AbortSignal): Promise<ExitCode> {
  let code: ExitCode = exitCodes.ok;
  const program = commands(signal, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!isCommanderError(error)) throw error;
    if (error.exitCode === 0) return exitCodes.ok;
    if (error.code === 'commander.help') return exitCodes.wrongUsage;
    throw new UsageError(
      sentence(
        error.message,
        program.commands.find((one) => one.name() === args[0]),
      ),
    );
  }
  return code;
}

function commands(signal: AbortSignal, end: (code: ExitCode) => void): Command {
  const program = new Command('quarry')
    .description(
      'Backtests trading strategies on this machine: the strategy in a sandbox, the figures from an honest replay.',
    )
    .version(quarryVersion)
    .addHelpText('after', exitCodesHelp);

  remoteFlags(
    backtestFlags(
      program
        .command('backtest')
        .description('run a strategy over data and print its report')
        .argument('<strategy>', strategyHelp),
    ),
  )
    .option('--fresh', 'on the server: run it although the same run has succeeded before')
    .option('--family <name>', "count the run's trial under this name (default: the strategy's own name)")
    .option('--timeout <time>', 'wall clock the strategy may take: 30s, 5m (default: 60s)')
    .option('--memory <size>', 'memory the strategy may use: 512mb, 2gb (default: 512mb)')
    .addHelpText(
      'after',
      `
Examples:
  $ quarry backtest strategies/sma-cross --data sp500
  $ quarry backtest strategies/sma-cross --data sp500 --from 2005-01-01 --to 2019-12-31 \\
      --param fast=20 --param slow=100 --commission 2bp --slippage 1bp --out report/
  $ quarry backtest my-idea.ts --data prices.csv --json | jq .orderListHash
${exitCodesHelp}`,
    )
    .action(async (strategy: string, flags: BacktestFlags & RemoteFlags) => {
      const { backtest } = await import('./backtest/backtest-command.js');
      end(await backtest(strategy, flags, readConfig(), signal));
    });

  searchCommands(program, signal, end);
  proofCommands(program, signal, end);
  remoteCommands(program, signal, end);

  program
    .command('check')
    .description('compile a strategy and list the parameters it declares')
    .argument('<strategy>', 'a folder or a .ts file')
    .option('--json', 'print one JSON object')
    .action(async (strategy: string, flags: { json?: boolean }) => {
      const { check } = await import('./check/check-command.js');
      end(await check(strategy, flags.json === true, readConfig(), signal));
    });

  dataCommands(program.command('data').description('datasets on this machine'), signal, end);

  program
    .command('notebook')
    .description('notebooks in the percent format: // %%, // %% [markdown]')
    .command('run')
    .description('run the cells of a notebook in order and print what each gives')
    .argument('<file>', 'a .ts file')
    .option('--json', 'print one JSON object')
    .option('--timeout <time>', 'wall clock all cells together may take (default: 60s)')
    .option('--memory <size>', 'memory the cells may use (default: 512mb)')
    .action(async (file: string, flags: { json?: boolean; timeout?: string; memory?: string }) => {
      const { runNotebookFile } = await import('./notebook/notebook-command.js');
      end(await runNotebookFile(file, flags, readConfig(), signal));
    });

  program
    .command('completions')
    .description('print what teaches your shell these commands and their options')
    .argument('<shell>', shells.join(', '))
    .addHelpText(
      'after',
      `
Examples:
  $ quarry completions bash > ~/.local/share/bash-completion/completions/quarry
  $ quarry completions zsh > "\${fpath[1]}/_quarry"
  $ quarry completions fish > ~/.config/fish/completions/quarry.fish`,
    )
    .action((shell: string) => {
      process.stdout.write(completionScript(program, choiceFlag('completions', shell, shells)));
      end(exitCodes.ok);
    });

  return quiet(program);
}

function dataCommands(data: Command, signal: AbortSignal, end: (code: ExitCode) => void): void {
  data
    .command('ingest')
    .description('read a CSV, gz, zst, zip, Parquet or Arrow file into a dataset')
    .argument('<file>')
    .option('--name <name>', "the dataset's name (default: that of the file)")
    .option('--symbol <symbol>', 'its symbol, where the file has no such column')
    .option('--interval <length>', 'its bar length, where it cannot be told from the stamps')
    .option('--timezone <zone>', 'zone of stamps that name none, like America/New_York')
    .option('--stamp <meaning>', 'what a stamp means: open, close or session-date')
    .option('--column <ours=theirs>', 'a header that is not known, like close=Last; repeat for more', columnFlag)
    .option('--date-order <order>', 'what 03/04/2024 means: month-day-year or day-month-year')
    .option('--price-divisor <number>', 'what prices are divided by, like 10000 where they are whole ten-thousandths')
    .option('--prices <kind>', 'what prices are: raw, split-adjusted or total-return, where splits do not show it')
    .option('--actions <file>', 'splits, dividends and delistings: a CSV date,type,value,symbol or a Lean factor file')
    .option('--source <text>', 'where the data are from')
    .option('--licence <text>', 'their licence')
    .option('--json', 'print dataset.json')
    .action(async (file: string, flags: IngestFlags) => {
      const { ingest } = await import('./data/data-commands.js');
      end(await ingest(file, flags, readConfig(), signal));
    });
  data
    .command('show')
    .description('what a dataset holds, and how clean it is')
    .argument('<name|path>')
    .option('--json', 'print dataset.json')
    .action(async (name: string, flags: { json?: boolean }) => {
      const { show } = await import('./data/data-commands.js');
      end(await show(name, flags.json === true, readConfig()));
    });
  data
    .command('list')
    .description('the datasets that --data knows by name')
    .option('--json', 'print one JSON array')
    .action(async (flags: { json?: boolean }) => {
      const { list } = await import('./data/list-command.js');
      end(await list(flags.json === true, readConfig()));
    });
  data
    .command('export')
    .description('write a dataset as a CSV file')
    .argument('<name|path>')
    .option('--to <file>', 'the file, which must not be there yet (default: <name>.csv)')
    .action(async (name: string, flags: { to?: string }) => {
      const { exportData } = await import('./data/export-command.js');
      end(await exportData(name, flags.to, readConfig()));
    });
  data
    .command('remove')
    .description('remove a dataset that was ingested here')
    .argument('<name>')
    .action(async (name: string) => {
      const { remove } = await import('./data/data-commands.js');
      end(await remove(name, readConfig()));
    });
}

/** Errors of the command line are thrown, not printed; help still goes to stdout. */
function quiet(command: Command): Command {
  command.exitOverride().configureOutput({ outputError: () => undefined });
  for (const below of command.commands) quiet(below);
  return command;
}

function isCommanderError(error: unknown): error is CommanderError {
  return (
    error instanceof Error && 'exitCode' in error && String((error as CommanderError).code).startsWith('commander.')
  );
}

/** `error: unknown option '--dat'` as a sentence of ours. */
function sentence(message: string, command: Command | undefined): string {
  const text = message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.)?]$/.test(text) ? '' : '.'} Try ${['quarry', command?.name(), '--help'].filter(Boolean).join(' ')}.`;
}
