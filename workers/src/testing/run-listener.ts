import { setTimeout as pause } from 'node:timers/promises';

/** Where a run is followed, and by whom. */
interface Followed {
  /** The API's address. */
  readonly url: string;
  readonly cookie: string;
  readonly runId: string;
}

/** Hears a run's events as a page does: when the stream breaks off, it comes back and names the last event that it heard. */
export class RunListener {
  /** The numbers of the events, in the order in which they came. */
  readonly heard: number[] = [];
  /** How often the stream broke off before the run had ended. */
  breaks = 0;
  /** Resolves when nothing more will come. */
  readonly ended: Promise<void>;

  constructor(private readonly followed: Followed) {
    this.ended = this.follow();
  }

  private async follow(): Promise<void> {
    for (;;) {
      const response = await this.open();
      if (response?.status === 204) return;
      if (response) {
        if (await this.hear(response)) return;
        this.breaks += 1;
      }
      await pause(50);
    }
  }

  /** Null while the API is away. */
  private async open(): Promise<Response | null> {
    const { url, cookie, runId } = this.followed;
    const headers = { cookie, 'last-event-id': String(this.heard.at(-1) ?? 0) };
    const response = await fetch(`${url}/api/runs/${runId}/events`, { headers }).catch(() => null);
    if (response === null || response.ok) return response;
    if (response.status === 503) return null;
    throw new Error(`The events of run ${runId} are refused: ${await response.text()}`);
  }

  /** Answers whether the last event was that of the run's end. */
  private async hear({ body }: Response): Promise<boolean> {
    let isEnd = false;
    let unread = '';
    try {
      for await (const text of body?.pipeThrough(new TextDecoderStream()) ?? []) {
        const events = (unread + text).split('\n\n');
        unread = events.pop() ?? '';
        for (const event of events) {
          const id = /^id: (\d+)$/m.exec(event)?.[1];
          if (id !== undefined) this.heard.push(Number(id));
          isEnd = /"type":"state","state":"(succeeded|failed|cancelled)"/.test(event);
        }
      }
    } catch {
      // What had not come whole is sent again.
    }
    return isEnd;
  }
}
