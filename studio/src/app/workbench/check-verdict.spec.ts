import { expect, test } from '@jest/globals';
import type { CheckReport, Diagnostic } from '@quarry/contracts';
import { checkState, refusal } from './check-verdict';

const diagnostic = (severity: Diagnostic['severity'], line: number): Diagnostic => ({
  ...{ file: 'strategy.ts', line, column: 3, endLine: line, endColumn: 9, severity },
  code: 'TS2345',
  message: 'does not fit',
});
const check = (diagnostics: Diagnostic[], failure: CheckReport['failure'] = null): CheckReport => ({
  ...{ name: '', params: {}, diagnostics, failure },
});

test('warnings do not keep a version from running', () => {
  expect([
    refusal(check([diagnostic('warning', 1)])),
    checkState(check([diagnostic('warning', 1)]), true)?.text,
  ]).toEqual([null, 'checked']);
});

test('errors do, and the first of them is where to look', () => {
  const verdict = refusal(check([diagnostic('error', 4), diagnostic('error', 8)]));
  expect([verdict?.code, verdict?.position?.line, verdict?.message]).toEqual([
    'does-not-compile',
    4,
    '2 errors were found.',
  ]);
});

test('a version that failed to load is refused with its own failure', () => {
  const failure = { code: 'threw' as const, message: 'no', position: null, diagnostics: [] };
  expect([refusal(check([], failure)), checkState(check([], failure), true)?.text]).toEqual([failure, 'check failed']);
});

test('a version whose check has not ended is being checked', () => {
  expect([checkState(null, true)?.text, checkState(null, false)]).toEqual(['checking…', null]);
});
