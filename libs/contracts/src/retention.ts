import * as z from 'zod';

const days = z.int().min(1).max(36_500).nullable();
const count = z.int().min(1).max(10_000_000).nullable();

/**
 * What a team lets go of what it has finished with; null where it keeps all. Whatever it says, these stay: what finished
 * within the last day, the ledger of trials, the audit log, the check of a strategy version, the ingest of a dataset that is
 * there, the last run of a schedule, and a dataset version that new runs read or that a run which stays has read, of
 * this team or of one that the dataset is or was shared with.
 */
export const RetentionPolicy = z.object({
  /** Runs go, with their artifacts, so many days after they ended. */
  runDays: days,
  /** Of the finished runs so many stay, the newest. */
  runCount: count,
  /** Of a run what it logged and the trials it told of go, so many days after it ended. */
  logDays: days,
  /** Versions of a dataset go so many days after another took their place. */
  versionDays: days,
  /** Of each dataset so many versions stay, the newest. */
  versionCount: count,
});
export type RetentionPolicy = z.infer<typeof RetentionPolicy>;

/** What a policy lets go now. */
export const RetentionDue = z.object({
  runs: z.int().min(0),
  /** Events of runs that stay. */
  events: z.int().min(0),
  versions: z.int().min(0),
  /** Bytes of artifacts and datasets that are nobody's then. */
  bytes: z.int().min(0),
});
export type RetentionDue = z.infer<typeof RetentionDue>;

export const TeamRetention = z.object({ policy: RetentionPolicy, due: RetentionDue });
export type TeamRetention = z.infer<typeof TeamRetention>;
