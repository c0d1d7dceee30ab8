import type { BookedTrial, TrialBook } from './trial-book.js';

const everyMs = 5_000;

/**
 * Does a search, and writes its trials down while it goes on, now and then, and the rest when it ends, however it ends:
 * whoever stops it has tried them all the same.
 * @param search is given what notes trials that have ended
 */
export async function keepingTrials<T>(
  book: TrialBook | undefined,
  family: string,
  search: (note: (booked: () => readonly BookedTrial[]) => void) => Promise<T>,
): Promise<T> {
  if (!book) return search(() => undefined);
  let noted: BookedTrial[] = [];
  let writing = Promise.resolve();
  const write = (): void => {
    const trials = noted;
    noted = [];
    if (trials.length > 0) writing = writing.then(() => book.write(family, trials));
    // What cannot be written is told when the search has ended.
    writing.catch(() => undefined);
  };
  const timer = setInterval(write, everyMs);
  try {
    return await search((booked) => noted.push(...booked()));
  } finally {
    clearInterval(timer);
    write();
    await writing;
  }
}
