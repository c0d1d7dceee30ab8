import process from 'node:process';
import { kindWords, outcomeInWords, RunKind, RunState, type Run } from '@quarry/contracts';
import type { Config } from '../config.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { choiceFlag, wholeFlag } from '../flags/number.js';
import { paint, printable } from '../terminal/paint.js';
import { table, type Column } from '../terminal/table.js';
import { ApiClient } from './api-client.js';
import { readLogin } from './login-file.js';

export interface RunsFlags {
  readonly kind?: string;
  readonly state?: string;
  readonly limit?: string;
  readonly json?: boolean;
}

const columns: readonly Column[] = ['Run', 'Kind', 'State', 'Strategy', 'Data', 'Begun (UTC)', 'Outcome'].map(
  (title) => ({
    title,
    align: 'left',
  }),
);

/** `quarry runs`: the team's runs on the server, newest first. */
export async function listRuns(flags: RunsFlags, config: Config, signal: AbortSignal): Promise<ExitCode> {
  const { kind, state, limit = '20' } = flags;
  const query = {
    ...(kind !== undefined && { kind: choiceFlag('--kind', kind, RunKind.options) }),
    ...(state !== undefined && { state: choiceFlag('--state', state, RunState.options) }),
    limit: String(wholeFlag('--limit', limit, { min: 1, max: 500 })),
  };
  const runs = await new ApiClient(await readLogin(config), signal).ask('runs', { query });
  process.stdout.write(flags.json ? `${JSON.stringify(runs)}\n` : textOf(runs, config));
  return exitCodes.ok;
}

function textOf(runs: readonly Run[], { colour }: Config): string {
  if (runs.length === 0) return 'There are no such runs.\n';
  const [titles = '', ...lines] = table(columns, runs.map(rowOf));
  return `${[paint(colour && process.stdout.isTTY).faint(titles), ...lines].join('\n')}\n`;
}

function rowOf(run: Run): string[] {
  const { id, kind, state, strategyName, datasetName, createdAt } = run;
  const begun = createdAt.slice(0, 16).replace('T', ' ');
  const outcome = outcomeInWords(run).split('\n')[0] ?? '';
  return [id, kindWords[kind], state, strategyName ?? '', datasetName ?? '', begun, outcome].map(printable);
}
