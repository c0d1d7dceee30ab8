import type { Command } from 'commander';
import { UsageError } from '../usage-error.js';

/** Options of a run on a server, as commander hands them over. */
export interface RemoteFlags {
  readonly remote?: boolean;
  readonly name?: string;
  readonly fresh?: boolean;
  readonly priority?: string;
  readonly deadline?: string;
}

/** Gives a command that runs here the choice to run on a server. */
export function remoteFlags(command: Command): Command {
  return wishFlags(
    command.option(
      '--remote',
      'on the server that you are logged in to, over a dataset of your team (see quarry login)',
    ),
  );
}

/** Gives a command what may be wished of a run on a server. */
export function wishFlags(command: Command): Command {
  return command
    .option('--name <name>', "on the server: the strategy's name there (default: that of the folder or file)")
    .option('--priority <priority>', "on the server: before or behind your team's other runs: low, normal or high")
    .option(
      '--deadline <time>',
      'on the server: end it where it has not ended by then: 90m or 2h from now, or a moment like 2026-12-01T18:00Z',
    );
}

const onlyThere = ['name', 'fresh', 'priority', 'deadline'] as const;

/**
 * Whether the run is to be made on a server.
 * @param onlyHere options that only a run on this machine has
 * @throws UsageError for an option that says nothing where the run is made
 */
export function isRemote<F extends RemoteFlags>(flags: F, onlyHere: readonly (keyof F & string)[]): boolean {
  const given = (name: keyof F): boolean => flags[name] !== undefined;
  const there = onlyThere.find(given);
  if (!flags.remote && there !== undefined) {
    throw new UsageError(`--${there} is an option of runs on a server. Add --remote, or leave it out.`);
  }
  const here = onlyHere.find(given);
  if (flags.remote && here !== undefined) {
    throw new UsageError(`--${here} is an option of runs on this machine. Leave it out, or leave out --remote.`);
  }
  return flags.remote === true;
}
