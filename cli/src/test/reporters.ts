import { figure, type FileCoverage, type SuiteReport, type SuiteTestResult } from '@quarry/contracts';
import { printable, type Paint } from '../terminal/paint.js';
import { coveredShare, coverageTable, stretches } from './coverage-words.js';

export const reporterNames = ['words', 'junit', 'tap', 'json', 'github'] as const;
export type ReporterName = (typeof reporterNames)[number];

/** How results are told: each as it comes, and all at the end. Both answer text for stdout. */
export interface Reporter {
  result(result: SuiteTestResult): string;
  end(report: SuiteReport): string;
}

export const reporters = {
  words: (paint) => ({
    result: ({ suite, test, passed, faults, milliseconds }) => {
      const mark = passed ? paint.green('✓') : paint.red('✗');
      const lines = faults.map((fault) => `    ${printable(fault).replaceAll('\n', '\n    ')}\n`);
      const title = `${mark} ${printable(`${suite}: ${test}`)}`;
      return `${title} ${paint.faint(`${Math.round(milliseconds)} ms`)}\n${lines.join('')}`;
    },
    end: ({ passed, failed, updated, coverage, milliseconds }) => {
      const counts = [`${passed} passed`, `${failed} failed`, ...(updated > 0 ? [`${updated} recorded anew`] : [])];
      const covered = coverage ? coverageTable(coverage, paint) : '';
      return `${covered}${paint.bold(counts.join(', '))} in ${(milliseconds / 1000).toFixed(1)} s\n`;
    },
  }),
  json: () => ({ result: () => '', end: (report) => `${JSON.stringify(report)}\n` }),
  tap: () => ({
    result: () => '',
    end: ({ tests, coverage = [] }) =>
      [
        'TAP version 14',
        `1..${tests.length}`,
        ...tests.flatMap(({ suite, test, passed, faults }, i) => [
          `${passed ? 'ok' : 'not ok'} ${i + 1} - ${oneLine(`${suite}: ${test}`).replaceAll('#', '\\#')}`,
          ...(faults.length > 0 ? ['  ---', `  message: ${JSON.stringify(faults.join('\n'))}`, '  ...'] : []),
        ]),
        ...coverage.map((file) => `# ${oneLine(coverageLine(file))}`),
        '',
      ].join('\n'),
  }),
  junit: () => ({ result: () => '', end: junit }),
  github: () => ({
    result: ({ suite, test, passed, faults }) =>
      passed ? '' : `::error file=${property(suite)},title=${property(test)}::${data(faults.join('\n'))}\n`,
    end: ({ passed, failed, coverage = [] }) =>
      `${coverage.flatMap(notices).join('')}${passed} passed, ${failed} failed\n`,
  }),
} satisfies Record<ReporterName, (paint: Paint) => Reporter>;

/** `strategy.ts: 91.67 % of 12 lines ran as a whole` */
function coverageLine(file: FileCoverage): string {
  return `${file.file}: ${figure(coveredShare([file]), 'fraction')} of ${file.code.length} lines ran as a whole`;
}

/** One for each stretch of lines that nothing ran, beside the code of a pull request. */
function notices({ file, missed, code }: FileCoverage): string[] {
  return stretches(missed, code).map(
    ([from, to]) =>
      `::notice file=${property(file)},line=${from},endLine=${to},title=Not covered::No test of its suites ran this.\n`,
  );
}

function junit({ tests, failed, coverage = [], milliseconds }: SuiteReport): string {
  const seconds = (ms: number) => (ms / 1000).toFixed(3);
  const cases = tests.map(({ suite, test, faults, milliseconds: ms }) => {
    const head = `    <testcase classname="${xml(suite)}" name="${xml(test)}" time="${seconds(ms)}"`;
    if (faults.length === 0) return `${head}/>`;
    return `${head}>\n      <failure message="${xml(oneLine(faults[0]!))}">${xml(faults.join('\n'))}</failure>\n    </testcase>`;
  });
  const counts = `tests="${tests.length}" failures="${failed}" time="${seconds(milliseconds)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="quarry test" ${counts}>`,
    ...properties(coverage),
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function properties(coverage: readonly FileCoverage[]): string[] {
  if (coverage.length === 0) return [];
  const each = coverage.map((file) => `      <property name="coverage" value="${xml(coverageLine(file))}"/>`);
  return ['    <properties>', ...each, '    </properties>'];
}

function oneLine(text: string): string {
  return printable(text).replace(/\s*\n\s*/g, ' ');
}

function xml(text: string): string {
  const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return printable(text).replace(/[&<>"]/g, (mark) => escapes[mark]!);
}

/** GitHub reads commands line by line: what would end one is written as it asks. */
function data(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
