import * as z from 'zod';
import { RunKind, RunState } from './run.js';
import { WaitingReason } from './waiting.js';

const Count = z.int().min(0);
const Seconds = z.number().min(0);

/** What waits and runs of one kind. Waits are those of the last 15 minutes, from queued to taken by a lane; null where none began. */
export const QueueDepth = z.object({
  kind: RunKind,
  waiting: Count,
  /** Handed to the queue, not taken by a lane yet. */
  dispatched: Count,
  running: Count,
  /** Age of the oldest that waits. */
  oldestSeconds: Seconds.nullable(),
  waitSeconds: z.object({ p50: Seconds, p95: Seconds, p99: Seconds }).nullable(),
});
export type QueueDepth = z.infer<typeof QueueDepth>;

/** `lost`: it has not told of itself for 10 seconds. `refusing`: it takes nothing, and `refusal` says why. */
export const WorkerState = z.enum(['taking', 'refusing', 'draining', 'lost']);
export type WorkerState = z.infer<typeof WorkerState>;

export const ClusterWorker = z.object({
  id: z.uuid(),
  name: z.string(),
  version: z.string(),
  engineHash: z.string(),
  state: WorkerState,
  refusal: z.string().nullable(),
  wall: z.string(),
  lanes: Count,
  busy: Count,
  memoryBytes: z.number(),
  startedAt: z.iso.datetime(),
  heartbeatAt: z.iso.datetime(),
});
export type ClusterWorker = z.infer<typeof ClusterWorker>;

/** A team's part of the cluster; worker-seconds are those of the last 15 minutes. */
export const TeamShare = z.object({
  teamId: z.uuid(),
  team: z.string(),
  weight: z.number(),
  concurrentSlices: Count.nullable(),
  waiting: Count,
  running: Count,
  workerSeconds: Seconds,
});
export type TeamShare = z.infer<typeof TeamShare>;

/** The cluster at one moment of the past. */
export const ClusterSample = z.object({
  at: z.iso.datetime(),
  waiting: Count,
  running: Count,
  workers: Count,
  lanes: Count,
  oldestSeconds: Seconds,
});
export type ClusterSample = z.infer<typeof ClusterSample>;

/** How many worker processes there may be. */
export const ScalingRange = z
  .object({ min: z.int().min(0).max(1_000), max: z.int().min(1).max(1_000) })
  .refine(({ min, max }) => min <= max, { error: 'is below min', path: ['max'] });
export type ScalingRange = z.infer<typeof ScalingRange>;

export const Cluster = z.object({
  paused: z.boolean(),
  queues: z.array(QueueDepth),
  workers: z.array(ClusterWorker),
  shares: z.array(TeamShare),
  /** `wanted` is what the scaling policy asks for, within min and max; null is no bound of ours. */
  scaling: z.object({ min: Count.nullable(), max: Count.nullable(), wanted: Count }),
  /** The last hour. */
  history: z.array(ClusterSample),
});
export type Cluster = z.infer<typeof Cluster>;

export const ClusterSlice = z.object({
  id: z.uuid(),
  runId: z.uuid(),
  team: z.string(),
  kind: RunKind,
  state: RunState,
  attempt: Count,
  worker: z.string().nullable(),
  queuedAt: z.iso.datetime(),
  waiting: WaitingReason.nullable(),
});
export type ClusterSlice = z.infer<typeof ClusterSlice>;

/** A run that failed by no fault of its author's: its worker was lost or its child crashed too often. */
export const DeadLetter = z.object({
  runId: z.uuid(),
  team: z.string(),
  kind: RunKind,
  code: z.string(),
  message: z.string(),
  finishedAt: z.iso.datetime(),
});
export type DeadLetter = z.infer<typeof DeadLetter>;

export const PauseCluster = z.object({ paused: z.boolean() });
export type PauseCluster = z.infer<typeof PauseCluster>;

export const DrainWorker = z.object({ draining: z.boolean() });
export type DrainWorker = z.infer<typeof DrainWorker>;

/** `concurrentSlices` null is no limit. */
export const SetShare = z.object({
  weight: z.number().min(0.01).max(1_000),
  concurrentSlices: z.int().min(0).max(100_000).nullable(),
});
export type SetShare = z.infer<typeof SetShare>;
