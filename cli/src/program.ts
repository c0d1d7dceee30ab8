import { Command, type CommanderError } from 'commander';
import { readConfig } from './config.js';
import { exitCodes, exitCodesHelp, type ExitCode } from './exit-codes.js';
import { columnFlag } from './flags/columns.js';
import { paramFlag } from './flags/params.js';
import { methodNames } from './flags/monte-carlo-method.js';
import { listFlag, rangeFlag, whenFlag } from './flags/search.js';
import { riskFlag, riskForms } from './flags/risk.js';
import type { BacktestFlags } from './backtest/backtest-options.js';
import type { MonteCarloFlags } from './monte-carlo/monte-carlo-options.js';
import type { SweepFlags } from './sweep/sweep-options.js';
import type { WalkForwardFlags } from './walk-forward/walk-forward-command.js';
import type { IngestFlags } from './data/data-commands.js';
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

  runFlags(
    program
      .command('backtest')
      .description('run a strategy over data and print its report')
      .argument('<strategy>', strategyHelp)
      .requiredOption('--data <name|path>', dataHelp),
  )
    .option('--param <name=value>', 'a parameter of the strategy; repeat for more', paramFlag)
    .option(
      '--profile <name>',
      'whose metrics: v1, or those of backtesting.py (btpy), quantstats (qs), empyrical (emp) (default: v1)',
    )
    .option('--benchmark <name>', 'buy-and-hold or none (default: buy-and-hold)')
    .option('--seed <number>', "seed of the run's random numbers (default: 1)")
    .option('--family <name>', "count the run's trial under this name (default: the strategy's own name)")
    .option('--out <folder>', 'also write report.json, report.html, Parquet and CSV there, all or nothing')
    .option('--json', 'print the report as one JSON object; a failed run has "failure" in it')
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
    .action(async (strategy: string, flags: BacktestFlags) => {
      const { backtest } = await import('./backtest/backtest-command.js');
      end(await backtest(strategy, flags, readConfig(), signal));
    });

  sweepCommand(program, signal, end);
  walkForwardCommand(program, signal, end);
  monteCarloCommand(program, signal, end);

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

  return quiet(program);
}

const strategyHelp = 'a folder, or a .ts file that default-exports defineStrategy(…)';
const dataHelp = 'dataset name, dataset folder, or a CSV, Parquet, gz or zip file';

/** What every run over data takes, beside the data. */
function runFlags(command: Command): Command {
  return command
    .option('--symbol <symbol>', 'which symbol, where the data have several')
    .option('--symbols <list>', 'several symbols in one account: AAPL,MSFT or all')
    .option('--interval <length>', 'which bar length, where the data have several: 1m, 15m, 1h, 1d')
    .option('--from <date>', 'first day or moment in UTC, like 2005-01-01 or 2005-01-01T14:30')
    .option('--to <date>', 'last day or moment in UTC, inclusive')
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

/** What every search takes beside that. */
function searchFlags(command: Command): Command {
  return runFlags(command)
    .option(
      '--param <name=range>',
      'search fast=5:50:5, slow=20..200, risk=0.001..0.1,log, mode=calm|wild, or as declared: fast; fix it: fast=10',
      rangeFlag,
    )
    .option('--constraint <comparison>', "what must hold, like 'fast < slow'; repeat for more", listFlag)
    .option('--when <condition>', "a parameter that is there only sometimes: 'trail: mode=calm|wild'", whenFlag)
    .option('--method <name>', 'grid, random, sobol, tpe or genetic (default: grid)')
    .option('--trials <number>', 'trials at most (default: 1000; tpe and genetic 200)')
    .option('--objective <metric>', 'any metric of report.json: sharpe, sortino, calmar … (default: sharpe)')
    .option('--maximize', 'the more of it the better, as it is anyway')
    .option('--minimize', 'the less of it the better')
    .option('--patience <number>', 'end after so many generations without a better best (default: never)')
    .option('--seed <number>', 'seed of the search and of each run (default: 1)')
    .option('--family <name>', "count the trials under this name (default: the strategy's own name)")
    .option('--lanes <number>', 'trials at once; changes no result (default: as many as processors)');
}

function sweepCommand(program: Command, signal: AbortSignal, end: (code: ExitCode) => void): void {
  searchFlags(
    program
      .command('sweep')
      .description("search a strategy's parameters, and say how much of the best result luck explains")
      .argument('<strategy>', strategyHelp)
      .requiredOption('--data <name|path>', dataHelp),
  )
    .option('--top <number>', 'how many of the best trials to print (default: 10)')
    .option('--out <folder>', 'also write report.json, report.html and trials.parquet there, all or nothing')
    .option('--json', 'print the report as one JSON object')
    .addHelpText(
      'after',
      `
Every trial is counted in the ledger of its family: the best is deflated by all that were ever tried here, not only by
those of this sweep. A family is the strategy's name, whatever its text; --family names another.

Examples:
  $ quarry sweep strategies/sma-cross --data sp500 --constraint 'fast < slow'
  $ quarry sweep strategies/sma-cross --data sp500 --param fast=5:50:5 --param slow=20..200 \\
      --constraint 'fast < slow' --method tpe --trials 100 --objective sortino --out sweep/
  $ quarry sweep strategies/sma-cross --data sp500 --param fast=5:50:5 --param slow=100 --json | jq .luck.deflated
${exitCodesHelp}`,
    )
    .action(async (strategy: string, flags: SweepFlags) => {
      const { sweep } = await import('./sweep/sweep-command.js');
      end(await sweep(strategy, flags, readConfig(), signal));
    });
}

function walkForwardCommand(program: Command, signal: AbortSignal, end: (code: ExitCode) => void): void {
  searchFlags(
    program
      .command('walk-forward')
      .description('search on each stretch of training, trade the best through the test that follows, again and again')
      .argument('<strategy>', strategyHelp)
      .requiredOption('--data <name|path>', dataHelp),
  )
    .option('--train <length>', 'of each training: 500 bars, 2y, 6mo, 90d (default: a third of the data)')
    .option('--test <length>', 'of each test (default: so that there are eight)')
    .option('--anchored', 'training starts at the first bar and grows; otherwise it rolls on')
    .option('--purge <bars>', 'left out before each test: how far a position looks ahead (default: 0)')
    .option('--embargo <bars>', 'left out before that, for what correlates (default: 0)')
    .option('--out <folder>', 'also write report.json, report.html and Parquet there, all or nothing')
    .option('--json', 'print the report as one JSON object')
    .addHelpText(
      'after',
      `
Only the tests count: they are put together as one account, which nobody has searched on. The efficiency is what of the
objective is left of it, out of sample over in sample; objectives are figures of returns: sharpe, sortino, calmar, omega,
totalReturn, annualReturn, maxDrawdown, volatility.

Examples:
  $ quarry walk-forward strategies/sma-cross --data sp500 --train 4y --test 1y --constraint 'fast < slow' \\
      --param fast=5:50:5 --param slow=20:200:20
  $ quarry walk-forward strategies/sma-cross --data sp500 --anchored --test 6mo --purge 5 --embargo 5 \\
      --constraint 'fast < slow' --method tpe --trials 60 --out folds/
${exitCodesHelp}`,
    )
    .action(async (strategy: string, flags: WalkForwardFlags) => {
      const { walkForward } = await import('./walk-forward/walk-forward-command.js');
      end(await walkForward(strategy, flags, readConfig(), signal));
    });
}

function monteCarloCommand(program: Command, signal: AbortSignal, end: (code: ExitCode) => void): void {
  runFlags(
    program
      .command('monte-carlo')
      .description('what else might have come of a strategy, by resampling, synthetic bars or stress')
      .argument('<strategy|report>', 'a strategy, with --data; or the folder of a backtest written with --out')
      .option('--data <name|path>', dataHelp),
  )
    .option('--param <name=value>', 'a parameter of the strategy; repeat for more', paramFlag)
    .requiredOption('--method <name>', methodNames.join(', '))
    .option('--paths <number>', 'paths, or runs of the strategy (default: 10000; 200 where it is run again)')
    .option('--block <length>', 'mean or whole length of blocks, in returns (default: as the data ask for)')
    .option('--ruin <level>', 'of a start of 1 (default: 0.5)')
    .option('--goal <level>', 'of a start of 1 (default: 2)')
    .option('--levels <list>', 'stress-costs: times as dear; stress-delay: bars late (default: 0,1,2,3,5; 1,2,3,5)')
    .option('--probability <share>', 'stress-missed: chance that an order is missed: 10% or 0.1 (default: 10%)')
    .option('--width <share>', 'stress-jitter: how far parameters move, of their range (default: 5%)')
    .option('--constraint <comparison>', "stress-jitter: what must hold, like 'fast < slow'; repeat", listFlag)
    .option('--seed <number>', 'seed of the paths and of each run (default: 1)')
    .option('--lanes <number>', 'runs at once; changes no result (default: as many as processors)')
    .option('--out <folder>', 'also write report.json and report.html there, all or nothing')
    .option('--json', 'print the report as one JSON object')
    .addHelpText(
      'after',
      `
Every method states what it supposes, and speaks of nothing that it cannot change: a shuffle of trades says nothing of
where the account ends, for every order of the same trades ends there.

  trade-shuffle, bootstrap          the trades in another order, or drawn anew
  stationary, block-bootstrap       the returns drawn anew in blocks of random, or of one length
  synthetic-blocks, -gbm, -merton,  bars of a model that is fitted to the data, the strategy run anew on each path
    -garch, -regimes
  stress-costs, -delay, -missed,    costs times as dear, orders late or missed, parameters a little off
    -jitter

Examples:
  $ quarry backtest strategies/sma-cross --data sp500 --out report/
  $ quarry monte-carlo report/ --method trade-shuffle
  $ quarry monte-carlo strategies/sma-cross --data sp500 --method synthetic-garch --paths 500 --out fan/
  $ quarry monte-carlo strategies/sma-cross --data sp500 --commission 2bp --method stress-costs --levels 1,2,4,8
${exitCodesHelp}`,
    )
    .action(async (strategy: string, flags: MonteCarloFlags) => {
      const { monteCarlo } = await import('./monte-carlo/monte-carlo-command.js');
      end(await monteCarlo(strategy, flags, readConfig(), signal));
    });
}

function dataCommands(data: Command, signal: AbortSignal, end: (code: ExitCode) => void): void {
  data
    .command('ingest')
    .description('read a CSV, gz, zip or Parquet file into a dataset')
    .argument('<file>')
    .option('--name <name>', "the dataset's name (default: that of the file)")
    .option('--symbol <symbol>', 'its symbol, where the file has no such column')
    .option('--interval <length>', 'its bar length, where it cannot be told from the stamps')
    .option('--timezone <zone>', 'zone of stamps that name none, like America/New_York')
    .option('--stamp <meaning>', 'what a stamp means: open, close or session-date')
    .option('--column <ours=theirs>', 'a header that is not known, like close=Last; repeat for more', columnFlag)
    .option('--date-order <order>', 'what 03/04/2024 means: month-day-year or day-month-year')
    .option('--price-divisor <number>', 'what prices are divided by, like 10000 where they are whole ten-thousandths')
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
