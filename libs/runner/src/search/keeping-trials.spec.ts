import { expect, test } from '@jest/globals';
import { keepingTrials } from './keeping-trials.js';
import type { BookedTrial, TrialBook } from './trial-book.js';

const trial = (paramsHash: string): BookedTrial => ({ paramsHash, dataHash: 'd', sharpe: 1, observations: 250 });

/** A book in memory. */
function bookOf(written: BookedTrial[]): TrialBook {
  const write = (_: string, trials: readonly BookedTrial[]): Promise<void> => {
    written.push(...trials);
    return Promise.resolve();
  };
  return { write, record: (family, trials) => write(family, trials).then(() => written) };
}

test('what a search has tried is in the book once it ends, also where it is stopped', async () => {
  const written: BookedTrial[] = [];
  const done = await keepingTrials(bookOf(written), 'family', (note) => {
    note(() => [trial('a')]);
    return Promise.resolve('done');
  });
  const stopped = keepingTrials(bookOf(written), 'family', (note) => {
    note(() => [trial('b')]);
    return Promise.reject(new Error('Interrupted.'));
  });
  await expect(stopped).rejects.toThrow('Interrupted.');
  expect([done, written.map(({ paramsHash }) => paramsHash)]).toEqual(['done', ['a', 'b']]);
});

test('a book that cannot be written fails the search whose trials it would lose', async () => {
  const full = { ...bookOf([]), write: () => Promise.reject(new Error('The disk is full.')) };
  const search = keepingTrials(full, 'family', (note) => {
    note(() => [trial('a')]);
    return Promise.resolve('done');
  });
  await expect(search).rejects.toThrow('The disk is full.');
});
