import { expect, test } from '@jest/globals';
import { paint } from '../terminal/paint.js';
import { coveredShare, coverageTable, lcov, stretches } from './coverage-words.js';

const file = { file: 'a/strategy.ts', code: [2, 4, 7, 8, 12], missed: [4, 7, 12], partly: [8] };

test('lines with none but blanks between them are one stretch', () => {
  expect(stretches(file.missed, file.code)).toEqual([
    [4, 7],
    [12, 12],
  ]);
});

test('a line of which a part ran is not covered; no code at all is', () => {
  expect([coveredShare([file]), coveredShare([])]).toEqual([0.2, 1]);
});

test('the table names what was not run, and what was in part', () => {
  expect(coverageTable([file], paint(false)).trim().split('\n')).toEqual([
    'Coverage       Lines      Ran  Not run  Run in part',
    'a/strategy.ts      5  20.00 %  4-7 12   8',
  ]);
});

test('lcov counts a line once of which anything ran', () => {
  expect(lcov([file]).split('\n')).toEqual([
    'TN:',
    'SF:a/strategy.ts',
    'DA:2,1',
    'DA:4,0',
    'DA:7,0',
    'DA:8,1',
    'DA:12,0',
    'LF:5',
    'LH:2',
    'end_of_record',
    '',
  ]);
});
