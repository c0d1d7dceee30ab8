import process from 'node:process';
import { RunPriority, type BacktestOptions, type Dataset, type RunRequestInput } from '@quarry/contracts';
import { checkAgainstData } from '../backtest/check-data.js';
import { checkReportFolder } from '../backtest/report-folder.js';
import type { Config } from '../config.js';
import type { ExitCode } from '../exit-codes.js';
import { orList } from '../flags/number.js';
import type { RemoteFlags } from '../flags/remote.js';
import { readStrategy } from '../strategy-on-disk.js';
import { UsageError } from '../usage-error.js';
import { ApiClient } from './api-client.js';
import { deadlineOf } from './deadline-of.js';
import { readLogin } from './login-file.js';
import { nameOf, pushed } from './push-command.js';
import { seeThrough } from './see-through.js';

type Settings<Request> = Request extends RunRequestInput
  ? Omit<Request, 'strategyVersion' | 'strategyId' | 'datasetId' | 'options' | keyof ReturnType<typeof wishesOf>>
  : never;

/** A kind of run with its settings. */
export type RemoteWork = Settings<RunRequestInput> & { readonly options: BacktestOptions };

interface Around {
  readonly flags: RemoteFlags & { readonly data: string; readonly out?: string; readonly json?: boolean };
  readonly config: Config;
  readonly signal: AbortSignal;
  /** How many of the best trials of a sweep are printed, if not as many as usual. */
  readonly top?: number;
}

const namesShown = 10;

/** Saves the strategy on the server, runs it there over a dataset of the team, and tells as the same command does here. */
export async function runRemote(path: string, work: RemoteWork, { signal, ...around }: Around): Promise<ExitCode> {
  const { flags, config } = around;
  const wishes = wishesOf(flags);
  if (flags.out !== undefined) await checkReportFolder(flags.out);
  const strategy = await readStrategy(path);
  const client = new ApiClient(await readLogin(config), signal);
  const dataset = await datasetNamed(client, flags.data);
  if (dataset.info) checkAgainstData(work.options, { info: dataset.info });
  const { id, hash } = await pushed(client, strategy, flags.name ?? nameOf(path));
  const body = { ...work, strategyVersion: hash, strategyId: id, datasetId: dataset.id, ...wishes };
  const run = await client.ask('submitRun', { body });
  process.stderr.write(`Run ${run.id} on ${client.address}.\n`);
  return seeThrough(run.id, { client, strategy, signal, ...around });
}

/** How the run is to be made. */
function wishesOf({ fresh, priority = 'normal', deadline }: RemoteFlags): {
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
async function datasetNamed(client: ApiClient, name: string): Promise<Dataset> {
  const datasets = await client.ask('datasets', {});
  const named = datasets.filter((dataset) => dataset.name === name);
  const found = named.find(({ lentBy }) => lentBy === null) ?? named[0] ?? datasets.find(({ id }) => id === name);
  if (found && (found.lentBy === null || named.length < 2)) return found;
  if (found) {
    const lenders = named.map(({ lentBy, id }) => `${id} of ${lentBy}`);
    throw new UsageError(`--data "${name}" is shared with your team by several others. Say ${orList(lenders)}.`);
  }
  const names = datasets.map((dataset) => dataset.name);
  const more = names.length > namesShown ? `, and ${names.length - namesShown} more` : '';
  const known = names.length === 0 ? 'It has none yet.' : `It has ${orList(names.slice(0, namesShown))}${more}.`;
  throw new UsageError(`--data "${name}" is no dataset of your team on ${client.address}. ${known}`);
}
