import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { UsageError } from '../usage-error.js';
import { readActions } from './actions-file.js';

const folder = mkdtempSync(join(tmpdir(), 'quarry-actions-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string) {
  const path = join(folder, 'actions.csv');
  writeFileSync(path, text);
  return readActions(path);
}

test('a line is an action, its columns in any order', async () => {
  const text =
    'type,symbol,value,date\r\nSplit,AAPL,4,2020-08-31\r\n\r\ndividend,AAPL,0.205,2020-11-06\r\ndelisting,XYZ,,2021-01-04\r\n';
  expect(await read(text)).toEqual([
    { symbol: 'AAPL', date: '2020-08-31', type: 'split', value: 4 },
    { symbol: 'AAPL', date: '2020-11-06', type: 'dividend', value: 0.205 },
    { symbol: 'XYZ', date: '2021-01-04', type: 'delisting', value: null },
  ]);
});

test('a factor file of Lean’s is the splits and dividends behind its factors', async () => {
  // A dividend of 1 on a close of 100, then a 4:1 split, then a dividend of 0.5 on a close of 50.
  const [second, first] = [1 - 0.5 / 50, (1 - 0.5 / 50) * (1 - 1 / 100)];
  const lines = [
    `20200102,${first.toFixed(7)},0.25,90`,
    `20200330,${first.toFixed(7)},0.25,100`,
    `20200828,${second.toFixed(7)},0.25,200`,
    `20201105,${second.toFixed(7)},1,50`,
    '20501231,1,1,0',
  ];
  expect(await read(lines.join('\n'))).toEqual([
    { date: '2020-03-31', type: 'dividend', value: 1 },
    { date: '2020-08-29', type: 'split', value: 4 },
    { date: '2020-11-06', type: 'dividend', value: 0.5 },
  ]);
});

describe('what cannot be read is told by its line', () => {
  test.each([
    ['date,type\n', 'has no column "value"'],
    ['date,type,value,note\n', 'has a column "note" that is not known'],
    ['date,type,value\n', 'holds no action'],
    ['date,type,value\n2020-08-31,split\n', 'line 2 of'],
    ['date,type,value\n31.08.2020,split,4\n', 'has the date "31.08.2020". Write dates like 2020-08-31.'],
    ['date,type,value\n2020-08-31,merger,4\n', 'has the type "merger". Choose split, dividend or delisting.'],
    ['date,type,value\n2020-08-31,split,0\n', 'has the value "0". Give the new shares for each old one'],
    ['date,type,value\n2020-08-31,dividend,\n', 'has the value "". Give the new shares for each old one'],
    ['date,type,value\n2020-08-31,split,4:1\n', 'has the value "4:1".'],
    ['20200102,1,1,90\nnothing\n', 'line 2 of the factor file'],
  ])('%j', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  test('a file that is not there', async () => {
    await expect(readActions(join(folder, 'none.csv'))).rejects.toThrow(UsageError);
  });
});
