import * as z from 'zod';
import { DatasetInfo, Hash, IngestOptions } from './dataset.js';
import { Text } from './text.js';

/**
 * A dataset that a team has, or that another one shares with it, to be read. `info` is its newest accepted version, null until there is one; `proposal` is what the last ingest
 * made of its file and nobody has accepted yet.
 */
export const Dataset = z.object({
  id: z.uuid(),
  name: z.string(),
  /** The team that shares it; null where it is the team's own. */
  lentBy: z.string().nullable(),
  createdAt: z.iso.datetime(),
  /** The last ingest; its artifacts tell how the file was read. */
  ingestRunId: z.uuid(),
  info: DatasetInfo.nullable(),
  proposal: DatasetInfo.nullable(),
});
export type Dataset = z.infer<typeof Dataset>;

/** POST /api/datasets/{id}/shares: a team by its name, or by its id where several have that name. */
export const ShareDataset = z.object({ team: Text.trim().min(1).max(100) });
export type ShareDataset = z.infer<typeof ShareDataset>;

/** A team that may read the dataset. */
export const DatasetShare = z.object({
  teamId: z.uuid(),
  team: z.string(),
  sharedAt: z.iso.datetime(),
});
export type DatasetShare = z.infer<typeof DatasetShare>;

/** Where a version comes from. */
export const VersionOrigin = z.object({
  runId: z.uuid(),
  /** The file, or the dataset of Quarry's own, that it was read from. */
  from: z.string(),
  options: IngestOptions,
  createdBy: z.uuid().nullable(),
});
export type VersionOrigin = z.infer<typeof VersionOrigin>;

/** One content of a dataset, named by its hash. */
export const DatasetVersion = z.object({
  hash: Hash,
  createdAt: z.iso.datetime(),
  /** Null while it is a proposal. */
  acceptedAt: z.iso.datetime().nullable(),
  /** No new run reads it from then on; those that waited or ran still do. */
  deletedAt: z.iso.datetime().nullable(),
  /** The version that it took the place of. */
  previous: Hash.nullable(),
  /** Null where it was made before origins were kept, or by another team. */
  origin: VersionOrigin.nullable(),
  rows: z.int(),
  /** Runs that read it, whatever became of them. */
  runs: z.int(),
});
export type DatasetVersion = z.infer<typeof DatasetVersion>;

/** Whether what ingest makes is a version at once, or waits as a proposal for somebody to accept it. */
const Accept = z.boolean().default(true);

/** POST /api/uploads/{id}/dataset: `datasetId` where it is to be a new version of a dataset, which keeps its name. */
export const IngestUpload = z.object({ options: IngestOptions, accept: Accept, datasetId: z.uuid().optional() });
export type IngestUpload = z.infer<typeof IngestUpload>;

/** POST /api/datasets/{id}/ingest: the same file again, read otherwise. */
export const IngestAgain = z.object({ options: IngestOptions.omit({ name: true }), accept: Accept });
export type IngestAgain = z.infer<typeof IngestAgain>;

/** How a file was read, for a person to judge: `reading.json` among the artifacts of its ingest run. */
export const FileReading = z.object({
  kind: z.enum(['text', 'parquet', 'arrow']),
  /** What divides the cells; null where the file is no text. */
  delimiter: z.string().nullable(),
  decimal: z.enum(['.', ',']).nullable(),
  encoding: z.string().nullable(),
  /** The file's own names of its columns; null where it has no header. */
  header: z.array(z.string()).nullable(),
  /** Our name of each column that was taken -> its place in a row, from 1. */
  columns: z.record(z.string(), z.int().min(1)),
  shape: z.enum(['bars', 'price', 'bid-ask', 'trades']),
  /** The first rows as they stand in the file. */
  rows: z.array(z.array(z.string())),
});
export type FileReading = z.infer<typeof FileReading>;
