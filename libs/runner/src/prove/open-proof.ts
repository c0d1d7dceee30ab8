import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Failure } from '@quarry/contracts';
import type { Workshop } from '../backtest.js';
import { doesNotCompile } from '../check/check-strategy.js';
import { BarsReader } from '../replay/bars-from-files.js';
import { openBars } from '../replay/open-bars.js';
import type { ProveJob, RunHooks } from '../runner.js';
import { cutsOf } from './look-ahead.js';
import { ProofData } from './proof-data.js';
import { checksOf, type ProofCheck } from './proof-checks.js';
import { Rerunner, type Rerun } from './rerunner.js';

/** A proof that can begin: the run over the data as they are, and all that is held against it. */
export interface OpenedProof {
  readonly data: ProofData;
  readonly base: Rerun;
  /** How many moments are known at each place where the future is taken away. */
  readonly cuts: readonly number[];
  readonly checks: readonly ProofCheck[];
  /** One that counts its own runs. */
  rerunner(): Rerunner;
}

/** Opens strategy and data and runs the one over the other, does work over that, and clears away. Where it does not run there is nothing to prove. */
export async function withProof<T>(
  workshop: Workshop,
  job: ProveJob,
  { signal }: RunHooks,
  work: (opened: OpenedProof) => Promise<T | Failure>,
): Promise<T | Failure> {
  const { script, diagnostics } = await workshop.compiler.compile(job.source, signal);
  if (!script) return doesNotCompile(diagnostics);
  const opened = await openBars(workshop.columns, job);
  if ('code' in opened) return opened;

  const { params, settings } = job.options;
  const rerunner = (): Rerunner => new Rerunner(workshop, { script, params, settings }, signal);
  const base = await rerunner().run(opened.series);
  if (base.failure) return base.failure;

  const folder = await mkdtemp(join(tmpdir(), 'quarry-prove-'));
  try {
    const data = new ProofData(opened.series, new BarsReader(Infinity).read(opened.series), folder);
    const cuts = cutsOf(data, base, job.cuts);
    return await work({ data, base, cuts, checks: checksOf(data, cuts), rerunner });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
