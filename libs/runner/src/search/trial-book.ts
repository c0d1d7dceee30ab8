import { createHash } from 'node:crypto';
import { canonicalJson, type ParamValues, type SearchBase } from '@quarry/contracts';
import type { LedgerEntry } from '@quarry/engine/host';
import type { SearchedTrial } from './run-search.js';

/**
 * Where every trial is written down for good: what is not in it cannot be deflated by. A family is the strategy's name as
 * it declares it, whatever its text, its place and its parameters: whoever edits a strategy goes on trying the same idea.
 */
export interface TrialBook {
  /** Writes trials down; one that is there already is not written again. */
  write(family: string, trials: readonly BookedTrial[]): Promise<void>;
  /** The same, and answers all that were ever tried of their family, each once. */
  record(family: string, trials: readonly BookedTrial[]): Promise<readonly BookedTrial[]>;
}

/** A trial as the book has it: what was tried, by its hashes, and what it came to. */
export interface BookedTrial extends Omit<LedgerEntry, 'family'> {
  /** Annual; NaN where it is not defined. */
  readonly sharpe: number;
}

/** A strategy's name as a family is called: white space and case make no other. */
export function familyOf(strategyName: string): string {
  return strategyName.trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Names what was tried apart from the data: the strategy's text, its parameters, and the settings of the run. */
export function triedHash(
  { strategy, settings }: Pick<SearchBase, 'strategy' | 'settings'>,
  params: ParamValues,
): string {
  return sha256({ strategy, params, settings });
}

/** Names the data of a run: versions, symbols, interval and range. */
export function dataHash({ data }: Pick<SearchBase, 'data'>): string {
  return sha256(data);
}

function sha256(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** Writes trials down, and tells how many of the family there are; without a book, how many different ones these are. */
export async function countTried(
  book: TrialBook | undefined,
  family: string,
  trials: readonly BookedTrial[],
): Promise<number> {
  if (book) return (await book.record(family, trials)).length;
  return new Set(trials.map(({ paramsHash, dataHash }) => paramsHash + dataHash)).size;
}

/** A trial as the book has it; nothing of one that failed. */
export function bookedTrial(
  paramsHash: string,
  data: string,
  { result, sample }: Pick<SearchedTrial, 'result' | 'sample'>,
): BookedTrial[] {
  if ('failure' in result || !sample) return [];
  const { sharpe, observations } = sample;
  return [{ paramsHash, dataHash: data, sharpe: sharpe * Math.sqrt(result.perYear), observations }];
}
