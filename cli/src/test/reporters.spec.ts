import { expect, test } from '@jest/globals';
import type { SuiteReport, SuiteTestResult } from '@quarry/contracts';
import { paint } from '../terminal/paint.js';
import { reporterNames, reporters } from './reporters.js';

const good: SuiteTestResult = {
  ...{ suite: 'a.suite.ts', test: 'it holds', passed: true, faults: [], failure: null, milliseconds: 12 },
};
const bad: SuiteTestResult = {
  ...good,
  ...{ test: 'a < b & "c" # d', passed: false, faults: ['trades must be 3,\nand is 100 %', 'and\u001b[31m more'] },
};
const report: SuiteReport = {
  ...{ schema: 'quarry.suites/1', passed: 1, failed: 1, updated: 0, tests: [good, bad], milliseconds: 1500 },
};
const told = (name: (typeof reporterNames)[number]): string => {
  const reporter = reporters[name](paint(false));
  return report.tests.map((one) => reporter.result(one)).join('') + reporter.end(report);
};

test('words tell each test, its faults set in, and how many held', () => {
  expect(told('words')).toBe(
    '✓ a.suite.ts: it holds 12 ms\n✗ a.suite.ts: a < b & "c" # d 12 ms\n' +
      '    trades must be 3,\n    and is 100 %\n    and[31m more\n1 passed, 1 failed in 1.5 s\n',
  );
});

test('coverage is told in each reporter’s own way', () => {
  const coverage = [{ file: 'a/strategy.ts', code: [2, 4, 7, 8], missed: [4, 7], partly: [] }];
  const end = (name: (typeof reporterNames)[number]) => reporters[name](paint(false)).end({ ...report, coverage });
  const line = 'a/strategy.ts: 50.00 % of 4 lines ran as a whole';
  expect(end('words')).toContain('a/strategy.ts      4  50.00 %  4-7');
  expect(end('tap')).toContain(`\n# ${line}\n`);
  expect(end('junit')).toContain(`<property name="coverage" value="${line}"/>`);
  expect(end('github')).toContain('::notice file=a/strategy.ts,line=4,endLine=7,title=Not covered::');
});

test('json is the report', () => {
  expect(JSON.parse(told('json'))).toEqual(report);
});

test('junit escapes what XML reads otherwise', () => {
  expect(told('junit')).toContain('name="a &lt; b &amp; &quot;c&quot; # d"');
  expect(told('junit')).toContain('<testsuites tests="2" failures="1" time="1.500">');
});

test('tap numbers its tests, and no title is a directive', () => {
  expect(told('tap').split('\n').slice(0, 4)).toEqual([
    'TAP version 14',
    '1..2',
    'ok 1 - a.suite.ts: it holds',
    'not ok 2 - a.suite.ts: a < b & "c" \\# d',
  ]);
});

test('github is told one line a fault, whatever the text', () => {
  const [line, ...rest] = told('github').split('\n');
  expect(line).toBe('::error file=a.suite.ts,title=a < b & "c" # d::trades must be 3,%0Aand is 100 %25%0Aand[31m more');
  expect(rest).toEqual(['1 passed, 1 failed', '']);
});
