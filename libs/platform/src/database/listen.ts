import { Client } from 'pg';

export interface Listener {
  close(): Promise<void>;
}

interface Listening {
  readonly url: string;
  readonly applicationName: string;
  readonly channels: readonly string[];
  readonly onNotification: (channel: string, payload: string) => void;
}

const retryMs = 1_000;

/** Listens until closed. While the server is away it tries again each second; what was sent meanwhile is not heard. */
export function listen({ url, applicationName, channels, onNotification }: Listening): Listener {
  let client: Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;

  const again = (): void => {
    if (closed) return;
    clearTimeout(retry);
    retry = setTimeout(() => {
      connecting = connect();
    }, retryMs);
  };

  const connect = async (): Promise<void> => {
    const fresh = new Client({ connectionString: url, application_name: applicationName, keepAlive: true });
    fresh.on('error', again);
    fresh.on('end', again);
    fresh.on('notification', ({ channel, payload }) => {
      onNotification(channel, payload ?? '');
    });
    try {
      await fresh.connect();
      client = fresh;
      for (const channel of channels) await fresh.query(`LISTEN ${fresh.escapeIdentifier(channel)}`);
    } catch {
      again();
    }
  };

  let connecting = connect();
  return {
    async close() {
      closed = true;
      clearTimeout(retry);
      await connecting;
      await client?.end().catch(() => undefined);
    },
  };
}
