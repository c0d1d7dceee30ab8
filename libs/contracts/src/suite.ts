import * as z from 'zod';
import type { Interval as EngineInterval } from '@quarry/engine';
import { Interval } from './dataset.js';
import { Failure, FailureCode } from './failure.js';
import { JsonNumber } from './json-number.js';
import { ParamValues } from './params.js';
import { BacktestOptions } from './run.js';

const Expected = z.union([
  z.number(),
  z.strictObject({
    atLeast: z.number().optional(),
    atMost: z.number().optional(),
    above: z.number().optional(),
    below: z.number().optional(),
  }),
]);

const SuiteInterval = Interval as z.ZodType<EngineInterval>;

const SuiteData = z.union([
  z.string().min(1),
  z.strictObject({
    walk: z.strictObject({
      bars: z.int().min(1).max(1_000_000),
      seed: z.int().min(0).max(0xffffffff),
      drift: z.number().optional(),
      volatility: z.number().min(0).optional(),
      interval: SuiteInterval.optional(),
    }),
  }),
  z.strictObject({ closes: z.array(z.number().positive()).min(1), interval: SuiteInterval.optional() }),
]);

/** One test of a suite (`SuiteTest` of the engine), as it leaves the sandbox. */
export const SuiteTest = z.strictObject({
  data: SuiteData,
  ...BacktestOptions.pick({ symbol: true, symbols: true, interval: true, from: true, to: true }).shape,
  params: ParamValues.optional(),
  /** Read as settings when the run is made. */
  settings: z.record(z.string(), z.unknown()).optional(),
  expect: z
    .strictObject({
      metrics: z.record(z.string(), Expected).optional(),
      trades: Expected.optional(),
      sides: z.array(z.enum(['long', 'short'])).optional(),
      filled: Expected.optional(),
      rejected: Expected.optional(),
      fails: FailureCode.optional(),
      proved: z.boolean().optional(),
      free: z.array(z.string()).optional(),
    })
    .optional(),
  recorded: z.boolean().optional(),
});
export type SuiteTest = z.infer<typeof SuiteTest>;

/** A suite (`SuiteDefinition` of the engine). */
export const Suite = z.strictObject({
  strategy: z.string().optional(),
  limits: z
    .strictObject({
      seconds: z.number().positive().max(3600).optional(),
      memoryMb: z.int().min(16).max(65_536).optional(),
    })
    .optional(),
  tests: z.record(z.string(), SuiteTest),
});
export type Suite = z.infer<typeof Suite>;

/** What a test with `recorded` is held against, by its title, in expected.json. */
export const RecordedRun = z.object({
  orderListHash: z.string(),
  tradeCount: z.int(),
  metrics: z.record(z.string(), JsonNumber),
  /** The first trades, each in words. */
  trades: z.array(z.string()),
});
export type RecordedRun = z.infer<typeof RecordedRun>;

export const RecordedRuns = z.record(z.string(), RecordedRun);
export type RecordedRuns = z.infer<typeof RecordedRuns>;

/** How one test ended. */
export const SuiteTestResult = z.object({
  suite: z.string(),
  test: z.string(),
  passed: z.boolean(),
  /** What does not hold, a sentence or a small diff each. */
  faults: z.array(z.string()),
  failure: Failure.nullable(),
  milliseconds: z.number(),
});
export type SuiteTestResult = z.infer<typeof SuiteTestResult>;

/** Which lines of a strategy's file its suites ran. */
export const FileCoverage = z.object({
  file: z.string(),
  /** Lines that hold code, from 1. */
  code: z.array(z.int()),
  /** Those of them of which nothing ran. */
  missed: z.array(z.int()),
  /** Those of which only a part ran. */
  partly: z.array(z.int()),
});
export type FileCoverage = z.infer<typeof FileCoverage>;

/** What `quarry test --reporter json` prints. */
export const SuiteReport = z.object({
  schema: z.literal('quarry.suites/1'),
  passed: z.int(),
  failed: z.int(),
  updated: z.int(),
  tests: z.array(SuiteTestResult),
  /** Where it was asked for. */
  coverage: z.array(FileCoverage).optional(),
  milliseconds: z.number(),
});
export type SuiteReport = z.infer<typeof SuiteReport>;
