import * as z from 'zod';

/** What a team may use; null where it has no limit of its own and what whoever runs Quarry allows holds. */
export const TeamLimits = z.object({
  /** Of each member or their programs, and of the team as a whole. */
  userRequestsPerMinute: z.int().min(10).max(1_000_000).nullable(),
  requestsPerMinute: z.int().min(10).max(1_000_000).nullable(),
  /** Slices that lanes work on at once. */
  concurrentSlices: z.int().min(1).max(100_000).nullable(),
  /** Seconds of lanes a day, from 00:00 UTC. */
  workerSecondsPerDay: z.int().min(1).max(1_000_000_000).nullable(),
  /** Bytes of artifacts and datasets. */
  storageBytes: z
    .int()
    .min(1)
    .max(2 ** 50)
    .nullable(),
});
export type TeamLimits = z.infer<typeof TeamLimits>;

/** Everything that is limited. */
export type LimitName = keyof TeamLimits;

export const TeamUsage = z.object({
  /** As the team's admins set them. */
  own: TeamLimits,
  /** What holds: the team's own, or where it has none or more, what whoever runs Quarry allows. */
  limits: z.object({
    userRequestsPerMinute: z.int(),
    requestsPerMinute: z.int(),
    concurrentSlices: z.int(),
    workerSecondsPerDay: z.int(),
    storageBytes: z.int(),
  }),
  used: z.object({ concurrentSlices: z.int(), workerSecondsPerDay: z.int(), storageBytes: z.int() }),
});
export type TeamUsage = z.infer<typeof TeamUsage>;
