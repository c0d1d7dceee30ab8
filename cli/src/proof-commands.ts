import type { Command } from 'commander';
import { readConfig } from './config.js';
import { exitCodesHelp, type ExitCode } from './exit-codes.js';
import { runFlags } from './flags/run-flags.js';
import type { ProveFlags } from './prove/prove-command.js';

/** The commands that hold a strategy to its word: each one's code is loaded only when it runs. */
export function proofCommands(program: Command, signal: AbortSignal, end: (code: ExitCode) => void): void {
  runFlags(
    program
      .command('prove')
      .description('look for decisions that hang on the future, and tell how long the warm-up is')
      .argument('<strategy>', 'a folder or a .ts file'),
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
}
