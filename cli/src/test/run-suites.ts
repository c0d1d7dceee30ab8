import { basename, dirname, join, relative } from 'node:path';
import process from 'node:process';
import type { Failure, StrategySource, Suite, SuiteReport, SuiteTestResult } from '@quarry/contracts';
import { inLanes, readStrategyFolder, runSuiteTest, type LocalDataset, type Runner } from '@quarry/runner';
import { RecordedFile } from './recorded-file.js';

export interface SuiteRun {
  readonly runner: Runner;
  /** Opens a dataset by name or path. */
  readonly open: (name: string) => Promise<LocalDataset | Failure>;
  readonly lanes: number;
  /** Only tests whose suite and title hold this text. */
  readonly filter: string;
  readonly update: boolean;
  readonly signal: AbortSignal;
  readonly onResult: (result: SuiteTestResult) => void;
}

/** A suite that was read: its tests and all they need, or why it cannot be run. */
interface OpenSuite {
  readonly name: string;
  readonly suite: Suite;
  readonly source: StrategySource;
  readonly recorded: RecordedFile;
}

/** A test to run, or the suite that cannot be read in its place. */
type Job =
  { readonly failed: SuiteTestResult } | { readonly failed?: never; readonly suite: OpenSuite; readonly title: string };

/** Runs the tests of suites, several at a time. Their results are in the order of the suites, whoever ended first. */
export async function runSuites(files: readonly string[], run: SuiteRun): Promise<SuiteReport> {
  const started = performance.now();
  const datasets = new Map<string, Promise<LocalDataset | Failure>>();
  const opened = await inLanes(files, run.lanes, (file) => openSuite(file, run));
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
  for (const one of opened) if (!('failed' in one)) await one.recorded.write();
  const failed = results.filter(({ passed }) => !passed).length;
  return {
    schema: 'quarry.suites/1',
    ...{ passed: results.length - failed, failed, updated, tests: results },
    milliseconds: performance.now() - started,
  };

  async function runTest({ name, suite, source, recorded }: OpenSuite, title: string): Promise<SuiteTestResult> {
    const begun = performance.now();
    const test = suite.tests[title]!;
    const known = recorded.of(title);
    const open = (data: string) => {
      const found = datasets.get(data) ?? run.open(data);
      datasets.set(data, found);
      return found;
    };
    const job = { title, test, limits: suite.limits, source, recorded: known, open };
    const { faults, differences, failure, toRecord } = await runSuiteTest(run.runner, job, { signal: run.signal });
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

async function openSuite(
  file: string,
  { runner, signal }: SuiteRun,
): Promise<OpenSuite | { readonly failed: SuiteTestResult }> {
  const name = relative(process.cwd(), file).replaceAll('\\', '/');
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
    const source = await readStrategyFolder(join(dirname(file), suite.strategy ?? '.'));
    return { name, suite, source, recorded: await RecordedFile.beside(file) };
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}
