/** The file of an ingest that failed or was cancelled can be read again, with other options, for so long after its end. */
const againHours = 24;

/**
 * SQL: whether the ingest run `reader` still has the file that was uploaded for it, as of a time (an SQL expression too). A file is kept
 * while it is read, and after that as long as something came of it, no later file took its place and the dataset is not deleted.
 */
export function keepsRawFile(asOf: string): string {
  return `reader.kind = 'ingest' AND (reader.state IN ('queued', 'running') OR (
    (reader.state = 'succeeded' AND NOT EXISTS (SELECT 1 FROM run AS later
       WHERE later.team_id = reader.team_id AND later.dataset_id = reader.dataset_id AND later.kind = 'ingest' AND later.state = 'succeeded'
         AND later.created_at > reader.created_at) OR reader.finished_at > ${asOf} - interval '${againHours} hours')
    AND NOT EXISTS (SELECT 1 FROM dataset WHERE dataset.id = reader.dataset_id AND dataset.deleted_at IS NOT NULL)))`;
}
