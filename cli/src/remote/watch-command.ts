import process from 'node:process';
import { checkReportFolder, writeReportFolder } from '../backtest/report-folder.js';
import type { Config } from '../config.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { UsageError } from '../usage-error.js';
import { ApiClient } from './api-client.js';
import { download } from './download.js';
import { readLogin } from './login-file.js';
import { seeThrough } from './see-through.js';

/** `quarry watch`: follows a run of the team to its end, and tells as `run --remote` does. */
export async function watch(
  runId: string,
  flags: { readonly json?: boolean },
  config: Config,
  signal: AbortSignal,
): Promise<ExitCode> {
  const client = new ApiClient(await readLogin(config), signal);
  const { id } = await client.ask('run', { at: { id: runIdOf(runId) } });
  return seeThrough(id, { client, strategy: null, flags, config, signal });
}

/** `quarry pull`: brings what a run made into a folder, all or nothing. */
export async function pull(
  runId: string,
  flags: { readonly out: string },
  config: Config,
  signal: AbortSignal,
): Promise<ExitCode> {
  await checkReportFolder(flags.out);
  const client = new ApiClient(await readLogin(config), signal);
  const run = await client.ask('run', { at: { id: runIdOf(runId) } });
  if (run.artifacts.length === 0) {
    throw new UsageError(`Run ${run.id} is ${run.state} and has no files. quarry watch ${run.id} tells when it ends.`);
  }
  await writeReportFolder({ writeArtifacts: (folder) => download(client, run, folder) }, flags.out);
  process.stderr.write(`${run.artifacts.map(({ name }) => name).join(', ')} in ${flags.out}.\n`);
  return exitCodes.ok;
}

/** `quarry cancel`: ends a run of the team, whoever works on it. */
export async function cancel(runId: string, config: Config, signal: AbortSignal): Promise<ExitCode> {
  const client = new ApiClient(await readLogin(config), signal);
  const { id, state } = await client.ask('cancelRun', { at: { id: runIdOf(runId) } });
  process.stderr.write(`Run ${id} is ${state}.\n`);
  return exitCodes.ok;
}

function runIdOf(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text;
  throw new UsageError(`"${text}" is no id of a run. quarry runs lists them, and --remote prints it.`);
}
