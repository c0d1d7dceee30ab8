import { RunEvent } from '@quarry/contracts';
import { renewSession } from './renew-session';

/** Follows a run's events until the returned function is called. A dropped connection resumes after the last event seen. */
export function followRun(runId: string, onEvent: (event: RunEvent) => void): () => void {
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let seen = 0;
  let failures = 0;
  let ended = false;

  const receive = ({ data, lastEventId }: MessageEvent<string>) => {
    const event = RunEvent.parse(JSON.parse(data));
    if (event.type !== 'progress') {
      const sequence = Number(lastEventId);
      if (sequence <= seen) return;
      seen = sequence;
    }
    onEvent(event);
  };

  const connect = () => {
    source = new EventSource(`/api/runs/${runId}/events`);
    source.onopen = () => (failures = 0);
    for (const type of ['message', 'state', 'log', 'progress']) source.addEventListener(type, receive);
    source.onerror = () => {
      // The browser reconnects by itself, with Last-Event-ID, unless the server refused. Then we do, ever more slowly.
      if (source?.readyState !== EventSource.CLOSED) return;
      // One reason to refuse is an access token that has run out meanwhile.
      retry = setTimeout(() => void renewSession().then(reconnect), Math.min(500 * 2 ** failures++, 10_000));
    };
  };

  const reconnect = () => {
    if (!ended) connect();
  };

  connect();
  return () => {
    ended = true;
    clearTimeout(retry);
    source?.close();
  };
}
