import * as z from 'zod';
import { RunKind } from './run.js';
import { Text } from './text.js';

/** POST /api/schedules: a run is to be made again and again, over what its dataset then is. */
export const AddSchedule = z.object({
  /** Whose request is repeated: its kind, strategy version, dataset and settings. */
  runId: z.uuid(),
  /** Minute, hour, day of the month, month and day of the week, as cron has them: `30 6 * * MON-FRI`. */
  cron: Text.min(1).max(100),
  /** In which the fields are read, by its IANA name. Where a clock is put forward, what it skips comes right after; where it is put back, what is named by the hour comes once. */
  timeZone: Text.min(1).max(60).default('UTC'),
});
export type AddSchedule = z.infer<typeof AddSchedule>;

/** PATCH /api/schedules/{id} */
export const ChangeSchedule = z.object({ enabled: z.boolean() });
export type ChangeSchedule = z.infer<typeof ChangeSchedule>;

export const Schedule = z.object({
  id: z.uuid(),
  kind: RunKind,
  strategyName: z.string().nullable(),
  datasetName: z.string().nullable(),
  cron: z.string(),
  timeZone: z.string(),
  enabled: z.boolean(),
  /** Null while it is not enabled. */
  nextAt: z.iso.datetime().nullable(),
  /** The time that was due last, the run that was made of it, and why none was. */
  lastAt: z.iso.datetime().nullable(),
  lastRunId: z.uuid().nullable(),
  lastProblem: z.string().nullable(),
  /** Times that were so long past, when somebody could have made their runs, that a later one stands for them. */
  passedOver: z.int(),
  createdAt: z.iso.datetime(),
});
export type Schedule = z.infer<typeof Schedule>;
