import { describe, expect, test } from '@jest/globals';
import { codeFrame } from '../backtest/code-frame.js';
import { paint, printable } from './paint.js';
import { sparkline } from './sparkline.js';
import { table } from './table.js';

describe('a sparkline', () => {
  test('rises from the lowest to the highest value', () => {
    expect(sparkline([1, 2, 3, 4, 5, 6, 7, 8], 8)).toBe('▁▂▃▄▅▆▇█');
  });

  test('takes the mean of each stretch where there are more values than cells', () => {
    expect(sparkline([0, 2, 10, 12], 2)).toBe('▁█');
  });

  test('of equal values is level, of none empty', () => {
    expect([sparkline([5, 5, 5], 10), sparkline([], 10), sparkline([NaN, 1], 10)]).toEqual(['▄▄▄', '', '▄']);
  });
});

describe('the lines around an error', () => {
  const source = { entry: 'a.ts', files: { 'a.ts': 'one\ntwo\n\tthree four\nfour\nfive\nsix' } };

  test('mark the line and the column, tabs one column wide', () => {
    expect(codeFrame(source, { file: 'a.ts', line: 3, column: 8 })).toEqual([
      '  1 | one',
      '  2 | two',
      '> 3 |  three four',
      '    |        ^',
      '  4 | four',
      '  5 | five',
    ]);
  });

  test('are none for a file or line that is not there', () => {
    expect([
      codeFrame(source, { file: 'b.ts', line: 1, column: 1 }),
      codeFrame(source, { file: 'a.ts', line: 7, column: 1 }),
    ]).toEqual([[], []]);
  });
});

describe('text for a terminal', () => {
  test('from strangers cannot steer it', () => {
    expect(printable('a\u001b[2Jb\u009b31mc\u202ed\r\ne\tf')).toBe('a[2Jb31mcd\ne\tf');
  });

  test('has colours only where they are wanted', () => {
    expect([paint(true).red('x'), paint(false).red('x')]).toEqual(['\u001b[31mx\u001b[39m', 'x']);
  });

  test('a table is as wide as its cells', () => {
    const columns = [
      { title: 'Name', align: 'left' },
      { title: 'Rows', align: 'right' },
    ] as const;
    expect(table(columns, [['a long name', '5'], ['b']])).toEqual(['Name         Rows', 'a long name     5', 'b']);
  });
});
