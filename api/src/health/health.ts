import type { Health as HealthReport } from '@quarry/contracts';

/** A part that can be asked whether it answers; it rejects with the reason where it does not. */
export type Ping = () => Promise<void>;

const patienceMs = 1_000;

/** Asks every part at once, and waits for none longer than a second. */
export class Health {
  constructor(
    /** Without one of these the API cannot serve. */
    private readonly parts: Readonly<Record<string, Ping>>,
    /** Without these it serves, and their state is told. */
    private readonly told: Readonly<Record<string, Ping>>,
  ) {}

  async ready(): Promise<HealthReport> {
    const [parts, told] = await Promise.all([answersOf(this.parts), answersOf(this.told)]);
    const down = Object.values(parts).filter((part) => part.status === 'down').length;
    return {
      status: down === 0 ? 'ok' : down === Object.keys(parts).length ? 'down' : 'degraded',
      parts: { ...parts, ...told },
    };
  }
}

async function answersOf(parts: Readonly<Record<string, Ping>>): Promise<HealthReport['parts']> {
  const asked = Object.entries(parts).map(async ([name, ping]) => [name, await answerOf(ping)] as const);
  return Object.fromEntries(await Promise.all(asked));
}

async function answerOf(ping: Ping): Promise<HealthReport['parts'][string]> {
  const start = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`did not answer within ${patienceMs} ms`));
    }, patienceMs);
  });
  try {
    await Promise.race([ping(), patience]);
    return { status: 'ok', detail: `answered in ${Math.round(performance.now() - start)} ms` };
  } catch (error) {
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
    return { status: 'down', detail: code ?? (error instanceof Error ? error.message : 'does not answer') };
  } finally {
    clearTimeout(timer);
  }
}
