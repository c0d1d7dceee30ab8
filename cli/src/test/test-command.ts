import { watch } from 'node:fs';
import { availableParallelism } from 'node:os';
import process from 'node:process';
import type { Config } from '../config.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { choiceFlag, wholeFlag } from '../flags/number.js';
import { openData } from '../open-data.js';
import { defaultLimits, openRunner } from '../open-runner.js';
import { paint } from '../terminal/paint.js';
import { UsageError } from '../usage-error.js';
import { findSuites } from './find-suites.js';
import { reporterNames, reporters } from './reporters.js';
import { runSuites } from './run-suites.js';

export interface TestFlags {
  readonly filter?: string;
  readonly update?: boolean;
  readonly watch?: boolean;
  readonly lanes?: string;
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
  const files = await findSuites(paths);
  const runner = await openRunner(config, defaultLimits, 0);
  const once = async (): Promise<ExitCode> => {
    const report = await runSuites(files, {
      ...{ runner, lanes, signal, filter: flags.filter ?? '', update: flags.update === true },
      open: (name) => openData(name, config),
      onResult: (result) => process.stdout.write(reporter.result(result)),
    });
    if (report.tests.length === 0) throw new UsageError(nothingToRun(flags.filter));
    process.stdout.write(reporter.end(report));
    return report.failed > 0 ? exitCodes.gateFailed : exitCodes.ok;
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
