/** The file of an ingest that failed or was cancelled can be read again, with other options, for so long after its end. */
const againHours = 24;

/**
 * SQL: whether the ingest run `reader` still has the file that was uploaded for it, as of a time (an SQL expression too). A file is kept
 * while it is read, and after that as long as something came of it and the dataset is not deleted.
 */
export function keepsRawFile(asOf: string): string {
  return `reader.kind = 'ingest' AND (reader.state IN ('queued', 'running') OR (
    (reader.state = 'succeeded' OR reader.finished_at > ${asOf} - interval '${againHours} hours')
    AND NOT EXISTS (SELECT 1 FROM dataset WHERE dataset.id = reader.dataset_id AND dataset.deleted_at IS NOT NULL)))`;
}
