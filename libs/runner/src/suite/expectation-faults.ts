import { figure, fixed, type ProofReport, type Report, type SuiteTest } from '@quarry/contracts';
import { criticise } from '../critic/critic.js';

type Expectations = NonNullable<SuiteTest['expect']>;
type Expected = NonNullable<Expectations['trades']>;

/** What a run must come to and does not, a sentence each. */
export function expectationFaults(expected: Expectations, report: Report): string[] {
  const { failure } = report;
  if (expected.fails !== undefined) {
    if (failure?.code === expected.fails) return [];
    return [
      `it must fail with ${expected.fails}, and ${failure ? `failed with ${failure.code}: ${failure.message}` : 'did not fail'}`,
    ];
  }
  if (failure) return [`it failed (${failure.code}): ${failure.message}`];
  return [
    ...(expected.trades === undefined ? [] : boundFaults('trades', report.tradeCount, expected.trades)),
    ...(expected.filled === undefined ? [] : boundFaults('filled orders', report.orderCounts.filled, expected.filled)),
    ...(expected.rejected === undefined
      ? []
      : boundFaults('rejected orders', report.orderCounts.rejected, expected.rejected)),
    ...Object.entries(expected.metrics ?? {}).flatMap(([id, bound]) => metricFaults(report, id, bound)),
    ...sideFaults(expected.sides ?? [], report),
    ...criticFaults(expected.free ?? [], report),
  ];
}

/** What a proof found that must find nothing. */
export function proofFaults({ failure, findings }: ProofReport): string[] {
  if (failure) return [`it cannot be proved: ${failure.message}`];
  return findings.map(
    ({ message, position }) => `look-ahead${position ? ` at ${position.file}:${position.line}` : ''}: ${message}`,
  );
}

function metricFaults({ metrics }: Report, id: string, bound: Expected): string[] {
  const found = metrics.find((metric) => metric.id === id);
  if (!found)
    return [
      `there is no figure "${id}"; there are ${metrics
        .slice(0, 8)
        .map((one) => one.id)
        .join(', ')} …`,
    ];
  return boundFaults(id, Number(found.value), bound, (value) => figure(value, found.unit));
}

function boundFaults(name: string, value: number, bound: Expected, words = plain): string[] {
  if (typeof bound === 'number')
    return value === bound ? [] : [`${name} must be ${words(bound)}, and is ${words(value)}`];
  const { atLeast, atMost, above, below } = bound;
  const must = (what: string, limit: number | undefined, holds: (limit: number) => boolean): string[] =>
    limit === undefined || holds(limit) ? [] : [`${name} must be ${what} ${words(limit)}, and is ${words(value)}`];
  return [
    ...must('at least', atLeast, (limit) => value >= limit),
    ...must('at most', atMost, (limit) => value <= limit),
    ...must('above', above, (limit) => value > limit),
    ...must('below', below, (limit) => value < limit),
  ];
}

function plain(value: number): string {
  return Number.isInteger(value) ? fixed(value, 0) : String(value);
}

function sideFaults(sides: readonly ('long' | 'short')[], { trades }: Report): string[] {
  const is = trades.slice(0, sides.length).map(({ size }) => (size > 0 ? 'long' : 'short'));
  const at = sides.findIndex((side, i) => side !== is[i]);
  return at < 0 ? [] : [`trade ${at + 1} must be ${sides[at]}, and is ${is[at] ?? 'not there'}`];
}

function criticFaults(ids: readonly string[], report: Report): string[] {
  if (ids.length === 0) return [];
  return criticise(report)
    .findings.filter(({ id }) => ids.includes(id))
    .map(({ id, title, evidence }) => `${id}: ${title} (${evidence})`);
}
