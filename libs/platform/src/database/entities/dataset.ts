import type { DatasetInfo, VersionOrigin } from '@quarry/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('dataset')
export class DatasetEntity {
  @PrimaryColumn('uuid', { generated: 'uuid' }) id!: string;
  @Column('uuid') teamId!: string;
  @Column('text') name!: string;
  @Column('uuid') ingestRunId!: string;
  @Column({ type: 'timestamptz', insert: false }) createdAt!: Date;
}

/** A file of a dataset version: its name inside the dataset's folder, and where its bytes lie. */
export interface DatasetFile {
  readonly name: string;
  readonly key: string;
  readonly bytes: number;
}

/** Written by the ingest run that made it; its content never changes once it was accepted. */
@Entity('dataset_version')
export class DatasetVersionEntity {
  @PrimaryColumn('uuid') datasetId!: string;
  @PrimaryColumn('text') hash!: string;
  @Column('uuid') teamId!: string;
  @Column('jsonb') info!: DatasetInfo;
  @Column('jsonb') files!: readonly DatasetFile[];
  @Column({ type: 'timestamptz', insert: false }) createdAt!: Date;
  /** Null while it is a proposal. */
  @Column('timestamptz', { nullable: true, default: () => 'now()' }) acceptedAt!: Date | null;
  /** No new run reads it from then on; its bytes go when none that waits or runs needs them. */
  @Column('timestamptz', { nullable: true }) deletedAt!: Date | null;
  /** The version that it took the place of. */
  @Column('text', { nullable: true }) previous!: string | null;
  @Column('jsonb', { nullable: true }) origin!: VersionOrigin | null;
}
