import type { Command } from 'commander';
import { readConfig } from './config.js';
import { exitCodesHelp, type ExitCode } from './exit-codes.js';
import { remoteFlags } from './flags/remote.js';
import { runFlags } from './flags/run-flags.js';
import type { CriticFlags } from './review/critic-command.js';
import type { DiffFlags } from './review/diff-command.js';
import type { ReportFlags } from './review/report-command.js';
import type { ReproduceFlags } from './review/reproduce-command.js';
import type { ProveFlags } from './prove/prove-command.js';
import type { TestFlags } from './test/test-command.js';

/** The commands that hold a strategy to its word: each one's code is loaded only when it runs. */
export function proofCommands(program: Command, signal: AbortSignal, end: (code: ExitCode) => void): void {
  remoteFlags(
    runFlags(
      program
        .command('prove')
        .description('look for decisions that hang on the future, and tell how long the warm-up is')
        .argument('<strategy>', 'a folder or a .ts file'),
    ),
  )
    .option('--cuts <number>', 'at how many places the future is taken away (default: 8)')
    .option('--vintage <name|path>', 'the same data as they stood earlier: finds what was revised since')
    .option('--json', 'print the proof as one JSON object')
    .option('--timeout <time>', 'wall clock each run may take: 30s, 5m (default: 60s)')
    .option('--memory <size>', 'memory the strategy may use: 512mb, 2gb (default: 512mb)')
    .addHelpText(
      'after',
      `
The strategy runs again over data that end at a bar, and over data that are noise after it. What it decided up to that
bar must stay as it was: the first decision that does not is shown with its line, bar and symbol. Further columns of the
data are held against the bars that follow them. Then the data begin later, to see how long the strategy's start matters.

Examples:
  $ quarry prove strategies/sma-cross --data sp500
  $ quarry prove my-idea.ts --data prices.csv --cuts 30
  $ quarry prove my-idea.ts --data prices-2024.csv --vintage prices-2023.csv --json | jq .findings
${exitCodesHelp}`,
    )
    .action(async (strategy: string, flags: ProveFlags) => {
      const { prove } = await import('./prove/prove-command.js');
      end(await prove(strategy, flags, readConfig(), signal));
    });

  program
    .command('reproduce')
    .description('make a recorded run again and say whether it is the same, order for order')
    .argument('<report>', 'a report.json, or the folder that --out wrote')
    .option('--strategy <path>', 'another strategy than the one in the report')
    .option('--data <name|path>', 'other data than those of the report')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Everything that determines a run stands in its report: strategy, data by version, parameters, costs, seed. The run is made
again from that. Where an order differs, the first that does is shown, and what has changed since.

Examples:
  $ quarry reproduce report/
  $ quarry reproduce report.json --strategy strategies/sma-cross
${exitCodesHelp}`,
    )
    .action(async (report: string, flags: ReproduceFlags) => {
      const { reproduceRun } = await import('./review/reproduce-command.js');
      end(await reproduceRun(report, flags, readConfig(), signal));
    });

  program
    .command('diff')
    .description('hold one run against another: a Markdown table, and a gate for pull requests')
    .argument('<base>', 'report.json of before, or its folder')
    .argument('<head>', 'report.json of now, or its folder')
    .option(
      '--fail-on <rules>',
      'changes that fail: "sharpe<-5%, maxDrawdown<-0.02, trades, orders, warnings, lookahead"',
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
A rule with a figure names the change that fails: sharpe<-5% is a Sharpe ratio that fell by more than a twentieth of its
size, maxDrawdown<-0.02 a drawdown deeper by two points. trades and orders fail where any is another, lookahead where
quarry prove finds a leak in the strategy of <head>.

Examples:
  $ quarry diff base/ head/ --fail-on "sharpe<-5%, trades, lookahead" > comment.md
  $ quarry diff base.json head.json --json | jq .figures
${exitCodesHelp}`,
    )
    .action(async (base: string, head: string, flags: DiffFlags) => {
      const { diff } = await import('./review/diff-command.js');
      end(await diff(base, head, flags, readConfig(), signal));
    });

  program
    .command('compare')
    .description('the figures of several runs side by side')
    .argument('<reports...>', 'two or more report.json, or their folders')
    .option('--json', 'print one JSON object')
    .addHelpText('after', `\nExample:\n  $ quarry compare sma/ rsi/ donchian/\n${exitCodesHelp}`)
    .action(async (reports: string[], flags: { json?: boolean }) => {
      const { compare } = await import('./review/compare-command.js');
      end(await compare(reports, flags.json === true));
    });

  program
    .command('report')
    .description('print a report again, of whatever command; with --html, write its page')
    .argument('<report>', 'a report.json, or the folder that --out wrote')
    .option('--html <file>', 'write the page there')
    .option('--json', 'print the report as one JSON object')
    .addHelpText('after', `\nExample:\n  $ quarry report sweep/report.json --html sweep.html\n${exitCodesHelp}`)
    .action(async (path: string, flags: ReportFlags) => {
      const { report } = await import('./review/report-command.js');
      end(await report(path, flags, readConfig()));
    });

  program
    .command('critic')
    .description('doubt a report: luck, costs, regimes, tails, capacity, fitting, data')
    .argument('<report>', 'a report.json, or the folder that --out wrote')
    .option('--fail-on <severity>', 'fail where a flaw is so grave: fatal, serious or minor')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Each finding names its severity, the figures of the report that show it, and what to change.

Examples:
  $ quarry backtest strategies/sma-cross --data sp500 --out report && quarry critic report
  $ quarry critic report/report.json --fail-on fatal
${exitCodesHelp}`,
    )
    .action(async (report: string, flags: CriticFlags) => {
      const { critic } = await import('./review/critic-command.js');
      end(await critic(report, flags, readConfig()));
    });

  program
    .command('test')
    .description('run the suites of strategies: *.suite.ts beside them')
    .argument('[paths...]', 'suites, or folders to look for them in', ['.'])
    .option('--filter <text>', 'only tests whose suite and title hold this text')
    .option('--update', 'record runs anew in expected.json, as they are now')
    .option('--watch', 'run again after each change of a file')
    .option('--lanes <number>', 'tests at a time (default: one per core)')
    .option('--coverage', 'tell which lines of the strategies the tests ran')
    .option('--min-coverage <share>', 'fail where fewer of the lines ran as a whole: 80% or 0.8')
    .option('--lcov <file>', 'also write the coverage there, as editors and services read it')
    .option('--reporter <name>', 'words, junit, tap, json or github (default: words)')
    .addHelpText(
      'after',
      `
A suite is data, typed by the engine and evaluated in the sandbox:
  import { defineSuite } from '@quarry/engine';
  export default defineSuite({
    tests: {
      'the recorded run': { data: 'sp500', recorded: true },
      'a calm market gives nothing to do': { data: { closes: [10, 10, 10] }, expect: { trades: 0 } },
      'no look-ahead': { data: { walk: { bars: 800, seed: 1 } }, expect: { proved: true } },
    },
  });

Examples:
  $ quarry test strategies
  $ quarry test strategies/sma-cross --update
  $ quarry test strategies --coverage --min-coverage 90%
  $ quarry test --filter "look-ahead" --reporter junit > junit.xml
${exitCodesHelp}`,
    )
    .action(async (paths: string[], flags: TestFlags) => {
      const { test } = await import('./test/test-command.js');
      end(await test(paths, flags, readConfig(), signal));
    });
}
