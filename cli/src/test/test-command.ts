import { watch } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import process from 'node:process';
import { figure, type FileCoverage } from '@quarry/contracts';
import { Coverage } from '@quarry/runner';
import type { Config } from '../config.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { choiceFlag, wholeFlag } from '../flags/number.js';
import { shareFlag } from '../flags/share.js';
import { openData } from '../open-data.js';
import { defaultLimits, openRunner } from '../open-runner.js';
import { paint } from '../terminal/paint.js';
import { UsageError } from '../usage-error.js';
import { coveredShare, lcov } from './coverage-words.js';
import { findSuites } from './find-suites.js';
import { reporterNames, reporters } from './reporters.js';
import { runSuites } from './run-suites.js';

export interface TestFlags {
  readonly filter?: string;
  readonly update?: boolean;
  readonly watch?: boolean;
  readonly lanes?: string;
  readonly coverage?: boolean;
  readonly minCoverage?: string;
  readonly lcov?: string;
  readonly reporter?: string;
}

/** Changes that come together, as when an editor saves several files, are one. */
const settleMs = 150;

/** `quarry test`: runs the suites below the paths; fails where a test does. */
export async function test(
  paths: readonly string[],
  flags: TestFlags,
  config: Config,
  signal: AbortSignal,
): Promise<ExitCode> {
  if (flags.watch && flags.update) throw new UsageError('--watch and --update are both given. Keep one.');
  const reporter = reporters[choiceFlag('--reporter', flags.reporter ?? 'words', reporterNames)](
    paint(config.colour && process.stdout.isTTY),
  );
  const lanes =
    flags.lanes === undefined ? availableParallelism() : wholeFlag('--lanes', flags.lanes, { min: 1, max: 256 });
  const least = flags.minCoverage === undefined ? null : shareFlag('--min-coverage', flags.minCoverage);
  const isCovered = flags.coverage === true || least !== null || flags.lcov !== undefined;
  const files = await findSuites(paths);
  const runner = await openRunner(config, defaultLimits, 0);
  const once = async (): Promise<ExitCode> => {
    const report = await runSuites(files, {
      ...{ runner, lanes, signal, filter: flags.filter ?? '', update: flags.update === true },
      coverage: isCovered ? new Coverage() : null,
      open: (name) => openData(name, config),
      onResult: (result) => process.stdout.write(reporter.result(result)),
    });
    if (report.tests.length === 0) throw new UsageError(nothingToRun(flags.filter));
    process.stdout.write(reporter.end(report));
    if (flags.lcov !== undefined) await writeLcov(flags.lcov, report.coverage ?? []);
    const isEnough = least === null || reaches(least, report.coverage ?? []);
    return report.failed > 0 || !isEnough ? exitCodes.gateFailed : exitCodes.ok;
  };
  try {
    const code = await once();
    if (!flags.watch) return code;
    await afterEachChange(paths, signal, once);
    return exitCodes.ok;
  } finally {
    await runner.close();
  }
}

/** Whether so much of the code ran; says so where not. */
function reaches(least: number, coverage: readonly FileCoverage[]): boolean {
  const share = coverage.length === 0 ? 0 : coveredShare(coverage);
  if (share >= least) return true;
  process.stderr.write(
    `The suites ran ${figure(share, 'fraction')} of the lines as a whole; --min-coverage asks for ${figure(least, 'fraction')}. --coverage tells which they left out.\n`,
  );
  return false;
}

async function writeLcov(path: string, coverage: readonly FileCoverage[]): Promise<void> {
  try {
    await writeFile(path, lcov(coverage));
  } catch (error) {
    throw new UsageError(
      `--lcov "${path}" cannot be written (${(error as NodeJS.ErrnoException).code}). Name a file in a folder that is there.`,
    );
  }
}

function nothingToRun(filter: string | undefined): string {
  if (filter === undefined) return 'The suites hold no test. Write one under tests.';
  return `--filter "${filter}" leaves no test. Leave it out to see what there are.`;
}

/** Does something after each change of a .ts file below the paths, until the signal comes. */
async function afterEachChange(
  paths: readonly string[],
  signal: AbortSignal,
  work: () => Promise<unknown>,
): Promise<void> {
  process.stderr.write('Waiting for changes; Ctrl-C ends it.\n');
  let changed = (): void => undefined;
  const watchers = paths.map((path) =>
    watch(path, { recursive: true }, (_, name) => {
      if (name === null || name.endsWith('.ts')) changed();
    }),
  );
  signal.addEventListener('abort', () => changed(), { once: true });
  try {
    while (!signal.aborted) {
      await new Promise<void>((resolve) => (changed = resolve));
      await new Promise((resolve) => setTimeout(resolve, settleMs));
      if (!signal.aborted) await work();
    }
  } finally {
    for (const one of watchers) one.close();
  }
}
