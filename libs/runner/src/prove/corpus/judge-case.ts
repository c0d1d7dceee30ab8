import { BacktestOptions, type ProofReport } from '@quarry/contracts';
import type { ProveJob, Runner } from '../../runner.js';
import { corpusData, optionsOf } from './corpus-data.js';
import type { CorpusCase } from './corpus.js';

/** Few: what a leak changes it changes at most bars. */
const cuts = 4;

/** What the proof said of a case, and whether that is right. */
export interface Judgement {
  readonly isRight: boolean;
  readonly words: string;
  readonly report: ProofReport;
}

/** The proof of a case of the corpus. */
export async function jobOf(one: CorpusCase, folder: string): Promise<ProveJob> {
  const dataset = await corpusData(one.market, one.columns, folder);
  const options = BacktestOptions.parse(optionsOf(one.market));
  return { source: one.source, dataset, options, cuts, seed: 1, vintage: null };
}

/** Proves one case of the corpus: a leak must be found, a clean strategy must not be accused, a refused one must fail or hold. */
export async function judgeCase(runner: Runner, one: CorpusCase, folder: string): Promise<Judgement> {
  const report = await runner.prove(await jobOf(one, folder));
  const words = report.failure
    ? `refused: ${report.failure.message}`
    : report.holds
      ? 'holds'
      : report.findings.map(({ method, message }) => `${method}: ${message}`).join('; ');
  const isRight =
    one.kind === 'refused'
      ? report.failure !== null || report.holds
      : report.failure === null && report.holds === (one.kind === 'clean');
  return { isRight, words, report };
}
