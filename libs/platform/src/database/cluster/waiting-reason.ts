import type { WaitingReason } from '@quarry/contracts';

export interface Waiting {
  readonly paused: boolean;
  readonly workers: {
    readonly live: number;
    readonly draining: number;
    /** Lanes of those that take slices. */
    readonly lanes: number;
  };
  readonly team: { readonly inFlight: number; readonly concurrentSlices: number | null };
  /** Whether another team that waits has used less. */
  readonly othersFirst: boolean;
  /** Whether the slice has been handed to the queue. */
  readonly dispatched: boolean;
  /** Slices of its own team that wait before it. */
  readonly before: number;
}

/** Why a slice waits: the first thing that stands in its way. */
export function waitingReason({ paused, workers, team, othersFirst, dispatched, before }: Waiting): WaitingReason {
  const because = (code: WaitingReason['code']): WaitingReason => ({ code, before });
  if (paused) return because('paused');
  if (workers.live === 0) return because('no-worker');
  if (workers.lanes === 0) return because(workers.draining === workers.live ? 'workers-draining' : 'wall-too-weak');
  if (dispatched) return because('next');
  if (team.inFlight >= (team.concurrentSlices ?? Infinity)) return because('team-limit');
  if (before > 0) return because('own-earlier');
  return because(othersFirst ? 'other-teams' : 'lanes-busy');
}
