import { RunKind, RunState } from '@quarry/contracts';
import type { Command } from 'commander';
import { readConfig } from './config.js';
import { exitCodesHelp, type ExitCode } from './exit-codes.js';
import { backtestFlags, strategyHelp } from './flags/run-flags.js';
import { wishFlags, type RemoteFlags } from './flags/remote.js';
import type { BacktestFlags } from './backtest/backtest-options.js';
import type { RunsFlags } from './remote/runs-command.js';

/** Commands that work against a Quarry server. */
export function remoteCommands(program: Command, signal: AbortSignal, end: (code: ExitCode) => void): void {
  program
    .command('login')
    .description('work with a Quarry server, by an API token that is asked for or piped in')
    .argument('<address>', 'like https://quarry.example.org')
    .addHelpText(
      'after',
      `
Examples:
  $ quarry login https://quarry.example.org
  $ printenv QUARRY_TOKEN | quarry login https://quarry.example.org
${exitCodesHelp}`,
    )
    .action(async (address: string) => {
      const { login } = await import('./remote/login-command.js');
      end(await login(address, readConfig(), signal));
    });

  program
    .command('logout')
    .description('forget the server and its token')
    .action(async () => {
      const { logout } = await import('./remote/login-command.js');
      end(await logout(readConfig()));
    });

  program
    .command('push')
    .description('save a strategy as a version on the server, and print its hash')
    .argument('<strategy>', strategyHelp)
    .option('--name <name>', 'its name there (default: that of the folder or file)')
    .addHelpText('after', `\nExample:\n  $ quarry push strategies/sma-cross\n${exitCodesHelp}`)
    .action(async (strategy: string, flags: { name?: string }) => {
      const { push } = await import('./remote/push-command.js');
      end(await push(strategy, flags, readConfig(), signal));
    });

  wishFlags(
    backtestFlags(
      program
        .command('run')
        .description('run a strategy on the server: quarry backtest --remote in short')
        .argument('<strategy>', strategyHelp)
        .requiredOption('--remote', 'on the server; on this machine it is quarry backtest'),
    ),
  )
    .option('--fresh', 'run it although the same run has succeeded before')
    .addHelpText(
      'after',
      `
Other kinds of runs go to the server as well: quarry sweep --remote, walk-forward, cross-validate, monte-carlo, prove.
A run goes on when its command is interrupted: quarry watch follows it again, quarry cancel ends it.

Examples:
  $ quarry run --remote strategies/sma-cross --data sp500 --param fast=20 --commission 2bp
  $ quarry sweep --remote strategies/sma-cross --data sp500 --method sobol --trials 1000 --deadline 30m
${exitCodesHelp}`,
    )
    .action(async (strategy: string, flags: BacktestFlags & RemoteFlags) => {
      const { backtest } = await import('./backtest/backtest-command.js');
      end(await backtest(strategy, flags, readConfig(), signal));
    });

  program
    .command('runs')
    .description("list your team's runs on the server, newest first")
    .option('--kind <kind>', RunKind.options.join(', '))
    .option('--state <state>', RunState.options.join(', '))
    .option('--limit <number>', 'how many at most (default: 20)')
    .option('--json', 'print them as one JSON array')
    .addHelpText('after', `\nExample:\n  $ quarry runs --kind sweep --state running\n${exitCodesHelp}`)
    .action(async (flags: RunsFlags) => {
      const { listRuns } = await import('./remote/runs-command.js');
      end(await listRuns(flags, readConfig(), signal));
    });

  program
    .command('watch')
    .description('follow a run on the server to its end, of whatever kind, and print its report')
    .argument('<run>', 'its id')
    .option('--json', 'print the report as one JSON object; a failed run has "failure" in it')
    .addHelpText('after', exitCodesHelp)
    .action(async (run: string, flags: { json?: boolean }) => {
      const { watch } = await import('./remote/watch-command.js');
      end(await watch(run, flags, readConfig(), signal));
    });

  program
    .command('cancel')
    .description('end a run on the server that waits or runs')
    .argument('<run>', 'its id')
    .addHelpText('after', exitCodesHelp)
    .action(async (run: string) => {
      const { cancel } = await import('./remote/watch-command.js');
      end(await cancel(run, readConfig(), signal));
    });

  program
    .command('pull')
    .description('bring the files of a run on the server into a folder, all or nothing')
    .argument('<run>', 'its id')
    .requiredOption('--out <folder>', 'a new folder, an empty one, or one that holds an earlier report')
    .addHelpText('after', exitCodesHelp)
    .action(async (run: string, flags: { out: string }) => {
      const { pull } = await import('./remote/watch-command.js');
      end(await pull(run, flags, readConfig(), signal));
    });
}
