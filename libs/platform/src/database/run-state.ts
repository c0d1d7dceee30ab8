import type { RunState } from '@quarry/contracts';

/** Where a run or slice may go from each state. A running one is queued again when its worker was lost or hands it back. */
const next: Record<RunState, readonly RunState[]> = {
  queued: ['running', 'failed', 'cancelled'],
  running: ['running', 'queued', 'succeeded', 'failed', 'cancelled'],
  succeeded: [],
  failed: [],
  cancelled: [],
};

export function hasEnded(state: RunState): boolean {
  return next[state].length === 0;
}
