import type { CheckReport, StrategySource } from '@quarry/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('strategy')
export class StrategyEntity {
  @PrimaryColumn('uuid', { generated: 'uuid' }) id!: string;
  @Column('uuid') teamId!: string;
  @Column('text') name!: string;
  /** The version saved last, which is not the one with the highest number where an earlier text was saved again. */
  @Column('text') latestVersion!: string;
  @Column({ type: 'timestamptz', insert: false }) createdAt!: Date;
  @Column({ type: 'timestamptz', insert: false }) updatedAt!: Date;
}

/** Immutable but for `checkReport`, which its check run fills in. */
@Entity('strategy_version')
export class StrategyVersionEntity {
  @PrimaryColumn('uuid') strategyId!: string;
  @PrimaryColumn('text') hash!: string;
  @Column('uuid') teamId!: string;
  @Column('integer') number!: number;
  @Column('jsonb') source!: StrategySource;
  @Column('uuid') checkRunId!: string;
  @Column('jsonb', { nullable: true }) checkReport!: CheckReport | null;
  @Column('uuid', { nullable: true }) createdBy!: string | null;
  @Column({ type: 'timestamptz', insert: false }) createdAt!: Date;
}
