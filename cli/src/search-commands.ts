import type { Command } from 'commander';
import { readConfig } from './config.js';
import type { CrossValidateFlags } from './cross-validation/cross-validate-command.js';
import { exitCodesHelp, type ExitCode } from './exit-codes.js';
import { methodNames } from './flags/monte-carlo-method.js';
import { paramFlag } from './flags/params.js';
import { remoteFlags } from './flags/remote.js';
import { accountFlags, dataFlag, dataHelp, strategyHelp } from './flags/run-flags.js';
import { listFlag, rangeFlag, whenFlag } from './flags/search.js';
import type { MonteCarloFlags } from './monte-carlo/monte-carlo-options.js';
import type { SweepFlags } from './sweep/sweep-options.js';
import type { WalkForwardFlags } from './walk-forward/walk-forward-command.js';

/** The commands that try many runs of a strategy: each one's code is loaded only when it runs. */
export function searchCommands(program: Command, signal: AbortSignal, end: (code: ExitCode) => void): void {
  sweepCommand(program, signal, end);
  walkForwardCommand(program, signal, end);
  crossValidateCommand(program, signal, end);
  monteCarloCommand(program, signal, end);
}

/** What every search takes beside that. */
function searchFlags(command: Command): Command {
  return remoteFlags(accountFlags(dataFlag(command)))
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
      .argument('<strategy>', strategyHelp),
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
  $ quarry sweep strategies/sma-cross --data sp500 --constraint 'fast < slow' --method sobol --trials 200
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
      .argument('<strategy>', strategyHelp),
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

function crossValidateCommand(program: Command, signal: AbortSignal, end: (code: ExitCode) => void): void {
  searchFlags(
    program
      .command('cross-validate')
      .description('choose on part of the data, trade the rest, in every combination: how far results spread')
      .argument('<strategy>', strategyHelp),
  )
    .option('--groups <number>', 'into how many groups the returns are cut (default: 10)')
    .option('--test-groups <number>', 'how many of them each split tests; 1 is purged k-fold (default: 2)')
    .option(
      '--purge <returns>',
      'left out of training on both sides of a test: as long as a position is held (default: 0)',
    )
    .option('--embargo <returns>', 'left out behind that as well, for what correlates (default: 0)')
    .option('--out <folder>', 'also write report.json, report.html and Parquet there, all or nothing')
    .option('--json', 'print the report as one JSON object')
    .addHelpText(
      'after',
      `
Every trial is run once over all of the data, and its returns (one a bar; one a session on intraday bars) are cut into
groups. Each choice of --test-groups of them is a split: the trial that did best on the rest is chosen, and what it earned
in the tested groups counts. The tests make up whole accounts, the paths, none of which was searched on: of 10 groups with
2 tested 45 splits and 9 paths (combinatorial purged cross-validation). Training may lie after its test: walk-forward asks
what would have been earned at the time, this asks how much of it was luck of the stretch.

Methods are those that do not learn: grid, random and sobol. Objectives are figures of returns: sharpe, sortino, calmar,
omega, totalReturn, annualReturn, maxDrawdown, volatility.

Examples:
  $ quarry cross-validate strategies/sma-cross --data sp500 --constraint 'fast < slow' --purge 20 --embargo 5 \\
      --param fast=5:50:5 --param slow=20:200:20
  $ quarry cross-validate strategies/sma-cross --data sp500 --groups 8 --test-groups 1 --purge 20 \\
      --constraint 'fast < slow' --method sobol --trials 100 --out paths/
  $ quarry cross-validate strategies/sma-cross --data sp500 --param fast=5:50:5 --param slow=100 --json \\
      | jq .distribution
${exitCodesHelp}`,
    )
    .action(async (strategy: string, flags: CrossValidateFlags) => {
      const { crossValidate } = await import('./cross-validation/cross-validate-command.js');
      end(await crossValidate(strategy, flags, readConfig(), signal));
    });
}

function monteCarloCommand(program: Command, signal: AbortSignal, end: (code: ExitCode) => void): void {
  remoteFlags(
    accountFlags(
      program
        .command('monte-carlo')
        .description('what else might have come of a strategy, by resampling, synthetic bars or stress')
        .argument('<strategy|report>', 'a strategy, with --data; or the folder of a backtest written with --out')
        .option('--data <name|path>', dataHelp),
    ),
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
