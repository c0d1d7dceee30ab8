import * as z from 'zod';
import { CheckReport } from './check.js';
import { Hash } from './dataset.js';
import { StrategySource } from './source.js';
import { Text } from './text.js';

export const CreateStrategy = z.object({ name: Text.trim().min(1).max(100), source: StrategySource });
export type CreateStrategy = z.infer<typeof CreateStrategy>;

export const SaveStrategyVersion = z.object({ source: StrategySource });
export type SaveStrategyVersion = z.infer<typeof SaveStrategyVersion>;

/** `check` is null until the version's check run has ended. */
export const StrategyVersion = z.object({
  hash: Hash,
  strategyId: z.uuid(),
  number: z.int().min(1),
  source: StrategySource,
  createdAt: z.iso.datetime(),
  checkRunId: z.uuid(),
  check: CheckReport.nullable(),
});
export type StrategyVersion = z.infer<typeof StrategyVersion>;

export const Strategy = z.object({
  id: z.uuid(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  latestVersion: Hash,
  versionCount: z.int(),
});
export type Strategy = z.infer<typeof Strategy>;

/** RFC 9457 problem details; `code` is one of a closed list. */
export const errorCodes = [
  'bad-request',
  'not-signed-in',
  'code-needed',
  'not-allowed',
  'not-found',
  'name-taken',
  'email-taken',
  'last-admin',
  'link-not-valid',
  'dataset-not-ready',
  'upload-incomplete',
  'wrong-offset',
  'run-already-finished',
  'run-not-failed',
  'idempotency-key-reused',
  'bad-range',
  'too-large',
  'too-many-requests',
  'quota-used-up',
  'storage-used-up',
  'disk-full',
  'unavailable',
  'internal',
] as const;
export const ErrorCode = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof ErrorCode>;

export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: ErrorCode,
  detail: z.string(),
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;

export const Health = z.object({
  status: z.enum(['ok', 'degraded', 'down']),
  parts: z.record(z.string(), z.object({ status: z.enum(['ok', 'down']), detail: z.string() })),
});
export type Health = z.infer<typeof Health>;
