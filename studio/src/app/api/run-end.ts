import type { RunEvent } from '@quarry/contracts';
import { followRun } from './run-events';

/** Resolves once a run has ended, however it ended. */
export function runEnd(runId: string, onEvent: (event: RunEvent) => void = () => undefined): Promise<void> {
  return new Promise((resolve) => {
    const stop = followRun(runId, (event) => {
      onEvent(event);
      if (event.type !== 'state' || event.state === 'queued' || event.state === 'running') return;
      stop();
      resolve();
    });
  });
}
