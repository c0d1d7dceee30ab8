import { expect, test } from '@jest/globals';
import { dueInWords } from './due-in-words';

const none = { runs: 0, events: 0, versions: 0, bytes: 0 };

test('what would go is said with its counts and its size, and nothing as nothing', () => {
  const due = { runs: 1, events: 2400, versions: 2, bytes: 5 * 2 ** 20 };
  expect([dueInWords(due, true), dueInWords({ ...none, events: 1 }, false), dueInWords(none, true)]).toEqual([
    'Saved, this lets go within the hour: 1 run, 2,400 events of runs that stay, 2 dataset versions, 5.0 MiB in all.',
    'To go within the hour: 1 event of runs that stay.',
    'Nothing would go now.',
  ]);
});
