import process from 'node:process';
import { RunPriority } from '@quarry/contracts';
import { backtestOptions, type BacktestFlags } from '../backtest/backtest-options.js';
import { checkReportFolder } from '../backtest/report-folder.js';
import type { Config } from '../config.js';
import type { ExitCode } from '../exit-codes.js';
import { orList } from '../flags/number.js';
import { readStrategy } from '../strategy-on-disk.js';
import { UsageError } from '../usage-error.js';
import { ApiClient } from './api-client.js';
import { readLogin } from './login-file.js';
import { deadlineOf } from './deadline-of.js';
import { nameOf, pushed } from './push-command.js';
import { seeThrough } from './see-through.js';

export interface RemoteRunFlags extends BacktestFlags {
  readonly name?: string;
  readonly fresh?: boolean;
  readonly priority?: string;
  readonly deadline?: string;
}

const namesShown = 10;

/** `quarry run --remote`: saves the strategy on the server, runs it there over a dataset of the team, and tells as `backtest` does. */
export async function runRemote(
  path: string,
  flags: RemoteRunFlags,
  config: Config,
  signal: AbortSignal,
): Promise<ExitCode> {
  const wishes = wishesOf(flags);
  const options = backtestOptions(flags);
  if (flags.out !== undefined) await checkReportFolder(flags.out);
  const strategy = await readStrategy(path);
  const client = new ApiClient(await readLogin(config), signal);
  const datasetId = await datasetNamed(client, flags.data);
  const { id, hash } = await pushed(client, strategy, flags.name ?? nameOf(path));
  const run = await client.ask('submitRun', {
    body: {
      kind: 'backtest',
      strategyVersion: hash,
      strategyId: id,
      datasetId,
      options,
      ...wishes,
    },
  });
  process.stderr.write(`Run ${run.id} on ${client.address}.\n`);
  return seeThrough(run.id, { client, strategy, flags, config, signal });
}

/** How the run is to be made. */
function wishesOf({ fresh, priority = 'normal', deadline }: RemoteRunFlags): {
  fresh: boolean;
  priority: RunPriority;
  deadline?: string;
} {
  const known = RunPriority.safeParse(priority);
  if (!known.success) throw new UsageError(`--priority "${priority}" is none. Say ${orList(RunPriority.options)}.`);
  const wishes = { fresh: fresh ?? false, priority: known.data };
  return deadline === undefined ? wishes : { ...wishes, deadline: deadlineOf(deadline, new Date()).toISOString() };
}

/** A dataset by its name or id; of those with one name, the team's own before those that others share with it. */
async function datasetNamed(client: ApiClient, name: string): Promise<string> {
  const datasets = await client.ask('datasets', {});
  const named = datasets.filter((dataset) => dataset.name === name);
  const found = named.find(({ lentBy }) => lentBy === null) ?? named[0] ?? datasets.find(({ id }) => id === name);
  if (found && (found.lentBy === null || named.length < 2)) return found.id;
  if (found) {
    const lenders = named.map(({ lentBy, id }) => `${id} of ${lentBy}`);
    throw new UsageError(`--data "${name}" is shared with your team by several others. Say ${orList(lenders)}.`);
  }
  const names = datasets.map((dataset) => dataset.name);
  const more = names.length > namesShown ? `, and ${names.length - namesShown} more` : '';
  const known = names.length === 0 ? 'It has none yet.' : `It has ${orList(names.slice(0, namesShown))}${more}.`;
  throw new UsageError(`--data "${name}" is no dataset of your team on ${client.address}. ${known}`);
}
