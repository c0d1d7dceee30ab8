import { basename, dirname, join, relative } from 'node:path';
import process from 'node:process';
import type { Failure, StrategySource, Suite, SuiteReport, SuiteTestResult } from '@quarry/contracts';
import {
  inLanes,
  readStrategyFolder,
  runSuiteTest,
  type Coverage,
  type LocalDataset,
  type Runner,
} from '@quarry/runner';
import { RecordedFile } from './recorded-file.js';

export interface SuiteRun {
  readonly runner: Runner;
  /** Opens a dataset by name or path. */
  readonly open: (name: string) => Promise<LocalDataset | Failure>;
  readonly lanes: number;
  /** Only tests whose suite and title hold this text. */
  readonly filter: string;
  readonly update: boolean;
  /** Where what ran of the strategies is gathered; null where nobody asks. */
  readonly coverage: Coverage | null;
  readonly signal: AbortSignal;
  readonly onResult: (result: SuiteTestResult) => void;
}

/** A suite that was read: its tests and all they need, or why it cannot be run. */
interface OpenSuite {
  readonly name: string;
  readonly suite: Suite;
  readonly source: StrategySource;
  /** The folder that its files lie in. */
  readonly folder: string;
  readonly recorded: RecordedFile;
}

/** A test to run, or the suite that cannot be read in its place. */
type Job =
  { readonly failed: SuiteTestResult } | { readonly failed?: never; readonly suite: OpenSuite; readonly title: string };

/** Runs the tests of suites, several at a time. Their results are in the order of the suites, whoever ended first. */
export async function runSuites(files: readonly string[], run: SuiteRun): Promise<SuiteReport> {
  const started = performance.now();
  const datasets = new Map<string, Promise<LocalDataset | Failure>>();
  // Suites of one folder share its file: each with its own would write over what the others recorded.
  const recordedFiles = new Map<string, Promise<RecordedFile>>();
  const recordedBeside = (suite: string): Promise<RecordedFile> => {
    const found = recordedFiles.get(dirname(suite)) ?? RecordedFile.beside(suite);
    recordedFiles.set(dirname(suite), found);
    return found;
  };
  const opened = await inLanes(files, run.lanes, (file) => openSuite(file, run, recordedBeside));
  const jobs = opened.flatMap<Job>((one) =>
    'failed' in one ? [one] : Object.keys(one.suite.tests).map((title) => ({ suite: one, title })),
  );
  const chosen = jobs.filter((job) => job.failed || `${job.suite.name} ${job.title}`.includes(run.filter));
  let updated = 0;
  const results = await inLanes(chosen, run.lanes, async (job) => {
    const result = job.failed ?? (await runTest(job.suite, job.title));
    run.onResult(result);
    return result;
  });
  for (const recorded of recordedFiles.values()) await (await recorded).write();
  const failed = results.filter(({ passed }) => !passed).length;
  return {
    schema: 'quarry.suites/1',
    ...{ passed: results.length - failed, failed, updated, tests: results },
    ...(run.coverage && { coverage: run.coverage.files }),
    milliseconds: performance.now() - started,
  };

  async function runTest(
    { name, suite, source, folder, recorded }: OpenSuite,
    title: string,
  ): Promise<SuiteTestResult> {
    const begun = performance.now();
    const test = suite.tests[title]!;
    const known = recorded.of(title);
    const open = (data: string) => {
      const found = datasets.get(data) ?? run.open(data);
      datasets.set(data, found);
      return found;
    };
    const job = { title, test, limits: suite.limits, source, recorded: known, open, coverage: run.coverage !== null };
    const { faults, differences, failure, toRecord, ran } = await runSuiteTest(run.runner, job, { signal: run.signal });
    if (ran) run.coverage?.add(ran, (path) => shown(join(folder, path)));
    const isAccepted = run.update && toRecord !== null && JSON.stringify(toRecord) !== JSON.stringify(known);
    if (isAccepted) {
      recorded.put(title, toRecord);
      updated++;
    }
    const left = isAccepted ? faults : [...faults, ...differences];
    const milliseconds = performance.now() - begun;
    return { suite: name, test: title, passed: left.length === 0, faults: [...left], failure, milliseconds };
  }
}

/** A path as a person at this place writes it. */
function shown(path: string): string {
  return relative(process.cwd(), path).replaceAll('\\', '/');
}

async function openSuite(
  file: string,
  { runner, signal }: SuiteRun,
  recordedBeside: (suite: string) => Promise<RecordedFile>,
): Promise<OpenSuite | { readonly failed: SuiteTestResult }> {
  const name = shown(file);
  const failed = (message: string, failure: Failure | null = null) => ({
    failed: { suite: name, test: 'it can be read', passed: false, faults: [message], failure, milliseconds: 0 },
  });
  const suite = await runner.suite(await readStrategyFolder(file), { signal });
  if ('code' in suite) {
    const { position, message } = suite;
    const isOwn = position !== null && position.file === basename(file);
    return failed(isOwn ? `line ${position.line}: ${message}` : message, suite);
  }
  try {
    const path = join(dirname(file), suite.strategy ?? '.');
    const folder = path.endsWith('.ts') ? dirname(path) : path;
    const source = await readStrategyFolder(path);
    return { name, suite, source, folder, recorded: await recordedBeside(file) };
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}
