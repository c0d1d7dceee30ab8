import type { Command } from 'commander';
import { readConfig } from './config.js';
import { exitCodesHelp, type ExitCode } from './exit-codes.js';
import { backtestFlags, strategyHelp } from './flags/run-flags.js';
import type { RemoteRunFlags } from './remote/run-remote-command.js';

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

  backtestFlags(
    program
      .command('run')
      .description('run a strategy on the server over a dataset of your team; the options are those of backtest')
      .argument('<strategy>', strategyHelp)
      .requiredOption('--remote', 'on the server; on this machine it is quarry backtest'),
  )
    .option('--name <name>', "the strategy's name there (default: that of the folder or file)")
    .option('--fresh', 'run it although the same run has succeeded before')
    .option('--priority <priority>', "before or behind your team's other runs: low, normal or high")
    .option(
      '--deadline <time>',
      'end it where it has not ended by then: 90m or 2h from now, or a moment like 2026-12-01T18:00Z',
    )
    .addHelpText(
      'after',
      `
The run goes on when this command is interrupted: quarry watch follows it again.

Example:
  $ quarry run --remote strategies/sma-cross --data sp500 --param fast=20 --commission 2bp
${exitCodesHelp}`,
    )
    .action(async (strategy: string, flags: RemoteRunFlags) => {
      const { runRemote } = await import('./remote/run-remote-command.js');
      end(await runRemote(strategy, flags, readConfig(), signal));
    });

  program
    .command('watch')
    .description('follow a run on the server to its end, and print its report')
    .argument('<run>', 'its id')
    .option('--json', 'print the report as one JSON object; a failed run has "failure" in it')
    .addHelpText('after', exitCodesHelp)
    .action(async (run: string, flags: { json?: boolean }) => {
      const { watch } = await import('./remote/watch-command.js');
      end(await watch(run, flags, readConfig(), signal));
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
