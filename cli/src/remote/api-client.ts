import {
  apiRoutes,
  Problem,
  type ApiAnswer,
  type ApiBody,
  type ApiRoute,
  type JsonRouteName,
  type StreamRouteName,
} from '@quarry/contracts';
import { OutOfReach } from '../out-of-reach.js';
import { quarryVersion } from '../version.js';
import { UsageError } from '../usage-error.js';
import type { Login } from './login-file.js';

interface Asked {
  /** What stands for the names in the path's braces. */
  readonly at?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Calls the routes of a Quarry server with an API token, and parses what they answer by their contracts.
 * @throws UsageError with the server's words where it refuses, OutOfReach where it does not answer or cannot
 */
export class ApiClient {
  constructor(
    private readonly login: Login,
    private readonly signal: AbortSignal,
  ) {}

  get address(): string {
    return this.login.address;
  }

  /** The same, for what is still to be done after an interrupt. */
  within(signal: AbortSignal): ApiClient {
    return new ApiClient(this.login, signal);
  }

  async ask<K extends JsonRouteName>(name: K, asked: Asked & ApiBody<K>): Promise<ApiAnswer<K>> {
    const response = await this.send(name, asked);
    const answer: unknown = await response.json().catch(() => undefined);
    const parsed = apiRoutes[name].returns.safeParse(answer);
    if (parsed.success) return parsed.data as ApiAnswer<K>;
    throw new OutOfReach(
      `${this.login.address} answers, but not as Quarry ${quarryVersion} does. Is the address right, and the server of this version?`,
    );
  }

  /** An answer that is not JSON, to be read as it comes. */
  stream(name: StreamRouteName, asked: Asked): Promise<Response> {
    return this.send(name, asked);
  }

  private async send(name: keyof typeof apiRoutes, asked: Asked & { readonly body?: unknown }): Promise<Response> {
    const route: ApiRoute = apiRoutes[name];
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(asked.at?.[key] ?? ''));
    const query = asked.query ? `?${new URLSearchParams(asked.query)}` : '';
    let response: Response;
    try {
      response = await fetch(this.login.address + path + query, {
        method: route.method.toUpperCase(),
        headers: {
          authorization: `Bearer ${this.login.token}`,
          'user-agent': `quarry/${quarryVersion}`,
          ...(asked.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...asked.headers,
        },
        // A token must not follow to wherever an answer points.
        redirect: 'error',
        signal: this.signal,
        ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
      });
    } catch (error) {
      if (this.signal.aborted) throw error;
      throw new OutOfReach(`${this.login.address} does not answer (${reasonOf(error)}). Is the server up?`);
    }
    if (response.ok) return response;
    throw await this.refusal(response);
  }

  private async refusal(response: Response): Promise<Error> {
    const problem = Problem.safeParse(await response.json().catch(() => undefined));
    const detail = problem.success ? problem.data.detail : `It answers with status ${response.status}.`;
    if (response.status === 401) {
      return new UsageError(
        `${this.login.address} does not know the API token: it has expired, was revoked, or is another server's. Make one in the studio under Settings, and run quarry login again.`,
      );
    }
    if (!problem.success || response.status >= 500 || response.status === 429) {
      const after = response.headers.get('retry-after');
      return new OutOfReach(`${this.login.address}: ${detail}${after === null ? '' : ` (Retry after ${after} s.)`}`);
    }
    return new UsageError(detail);
  }
}

/** The network's own code: fetch hides it behind "fetch failed". */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return cause instanceof Error ? cause.message : String(cause);
}
