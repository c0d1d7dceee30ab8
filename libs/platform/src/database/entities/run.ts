import type { Failure, Run, RunEvent, RunKind, RunState, RunWork } from '@quarry/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A dataset as the team called it that shared it. */
export interface BorrowedDataset {
  readonly name: string;
  readonly lentBy: string;
}

@Entity('run')
export class RunEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') teamId!: string;
  @Column('uuid', { nullable: true }) createdBy!: string | null;
  @Column('text') kind!: RunKind;
  @Column('text') state!: RunState;
  @Column('jsonb') work!: RunWork;
  @Column('uuid', { nullable: true }) strategyId!: string | null;
  @Column('text', { nullable: true }) strategyVersion!: string | null;
  @Column('uuid', { nullable: true }) datasetId!: string | null;
  /** The dataset version the run reads, fixed when it was submitted. */
  @Column('text', { nullable: true }) datasetVersion!: string | null;
  /** Where another team shared the dataset: what it was called then, and by whom. */
  @Column('jsonb', { nullable: true }) borrowed!: BorrowedDataset | null;
  @Column('boolean') fresh!: boolean;
  @Column('text', { nullable: true }) idempotencyKey!: string | null;
  @Column('text', { nullable: true }) requestHash!: string | null;
  @Column('text', { nullable: true }) manifestHash!: string | null;
  @Column('text', { nullable: true }) orderListHash!: string | null;
  @Column('jsonb', { nullable: true }) headline!: Run['headline'];
  @Column('jsonb', { nullable: true }) failure!: Failure | null;
  @Column('uuid', { nullable: true }) reusedFrom!: string | null;
  @Column({ type: 'timestamptz', insert: false }) createdAt!: Date;
  @Column('timestamptz', { nullable: true }) startedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) finishedAt!: Date | null;
}

/** What one lane can take. `attempt` is the fencing token: a write of its holder names it. */
@Entity('slice')
export class SliceEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') teamId!: string;
  @Column('uuid') runId!: string;
  @Column('integer') index!: number;
  @Column('text') state!: RunState;
  @Column('integer') attempt!: number;
  /** How often its worker was lost, rather than its work having failed. */
  @Column('integer') recoveries!: number;
  @Column('integer') dispatch!: number;
  @Column('timestamptz', { nullable: true }) leaseUntil!: Date | null;
}

/** One attempt of a slice: who took it and when. */
@Entity('slice_attempt')
export class SliceAttemptEntity {
  @PrimaryColumn('uuid') sliceId!: string;
  @PrimaryColumn('integer') attempt!: number;
  @Column('uuid') teamId!: string;
  @Column('text') worker!: string;
  @Column({ type: 'timestamptz', insert: false }) startedAt!: Date;
}

/** State changes and log chunks of a run, numbered from 1 without a gap. */
@Entity('run_event')
export class RunEventEntity {
  @PrimaryColumn('uuid') runId!: string;
  @PrimaryColumn('integer') sequence!: number;
  @Column('uuid') teamId!: string;
  @Column('jsonb') body!: RunEvent;
}

@Entity('artifact')
export class ArtifactEntity {
  @PrimaryColumn('uuid', { generated: 'uuid' }) id!: string;
  @Column('uuid') teamId!: string;
  @Column('uuid') runId!: string;
  @Column('text') name!: string;
  @Column('text') key!: string;
  @Column('bigint', { transformer: { to: (bytes: number) => bytes, from: Number } }) bytes!: number;
  @Column('text') contentType!: string;
}
