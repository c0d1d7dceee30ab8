import * as z from 'zod';

export const waitingCodes = [
  'paused',
  'no-worker',
  'workers-draining',
  'wall-too-weak',
  'next',
  'team-limit',
  'own-earlier',
  'other-teams',
  'lanes-busy',
] as const;

/** Why a slice waits. `before` is how many slices of its own team are before it. */
export const WaitingReason = z.object({ code: z.enum(waitingCodes), before: z.int().min(0) });
export type WaitingReason = z.infer<typeof WaitingReason>;
