import process from 'node:process';
import type { BrokenRule, Report } from '@quarry/contracts';
import { brokenRules, diffMarkdown, diffReports, optionsOf, parseGate } from '@quarry/runner';
import type { Config } from '../config.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { openRunner } from '../open-runner.js';
import { UsageError } from '../usage-error.js';
import { findDataset } from './find-dataset.js';
import { readReport } from './read-report.js';

export interface DiffFlags {
  readonly failOn?: string;
  readonly json?: boolean;
}

const cuts = 8;

/** `quarry diff`: one run held against another as a Markdown table, and a gate over what changed. */
export async function diff(
  basePath: string,
  headPath: string,
  flags: DiffFlags,
  config: Config,
  signal: AbortSignal,
): Promise<ExitCode> {
  const [base, head] = [await readReport(basePath), await readReport(headPath)];
  const rules = gateOf(flags.failOn ?? '', head);
  const found = diffReports(base, head);
  const broken: BrokenRule[] = brokenRules(found, rules);
  if (head.failure) broken.unshift({ rule: 'failure', message: `the run failed: ${head.failure.message}` });
  const proof = rules.find(({ kind }) => kind === 'lookahead');
  if (proof && !head.failure) broken.push(...(await lookAhead(head, headPath, config, signal)));
  const all = { ...found, broken };
  process.stdout.write(flags.json ? `${JSON.stringify(all)}\n` : diffMarkdown(all));
  return broken.length > 0 ? exitCodes.gateFailed : exitCodes.ok;
}

function gateOf(text: string, head: Report) {
  try {
    return parseGate(
      text,
      head.metrics.map(({ id }) => id),
    );
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`--fail-on: ${error.message}`);
    throw error;
  }
}

/** Proves the strategy of a report over the data that it was made with. */
async function lookAhead(report: Report, path: string, config: Config, signal: AbortSignal): Promise<BrokenRule[]> {
  const { manifest, strategy } = report;
  if (!manifest || !strategy) {
    throw new UsageError(`--fail-on lookahead: "${path}" does not hold its strategy. Make the report anew.`);
  }
  const dataset = await findDataset(manifest, config);
  const runner = await openRunner(config);
  try {
    const options = optionsOf(manifest);
    const job = { source: strategy.source, dataset, options, cuts, seed: options.settings.seed, vintage: null };
    const { failure, findings } = await runner.prove(job, { signal });
    const messages = failure
      ? [`it cannot be proved: ${failure.message}`]
      : findings.map(({ message, position }) => `${position ? `${position.file}:${position.line}: ` : ''}${message}`);
    return messages.map((message) => ({ rule: 'lookahead', message }));
  } finally {
    await runner.close();
  }
}
