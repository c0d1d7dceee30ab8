import type { DatasetInfo } from '@quarry/contracts';
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

/** Written once, by the ingest run that made it. */
@Entity('dataset_version')
export class DatasetVersionEntity {
  @PrimaryColumn('uuid') datasetId!: string;
  @PrimaryColumn('text') hash!: string;
  @Column('uuid') teamId!: string;
  @Column('jsonb') info!: DatasetInfo;
  @Column('jsonb') files!: readonly DatasetFile[];
  @Column({ type: 'timestamptz', insert: false }) createdAt!: Date;
}
