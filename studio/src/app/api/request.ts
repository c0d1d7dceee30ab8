import { Problem } from '@quarry/contracts';
import type { ErrorCode } from '@quarry/contracts';
import { renewSession } from './renew-session';
import { writeHeader } from './write-header';

/** What a contract's schema offers here: it turns `unknown` into the contract or throws. */
export interface Contract<T> {
  parse(value: unknown): T;
}

/** A request that the server refused, or that never reached it (`status` 0). The message is fit to be shown. */
export class RequestRefused extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly code: ErrorCode | null = null,
  ) {
    super(message);
  }
}

/** Asks the server, with a body that is JSON unless it is bytes. Where the session's access token has run out, it is renewed and the request sent once more. */
export async function request(
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const send = () => sent(method, path, body, headers);
  const first = await send();
  const isSignIn = method === 'POST' && path === '/api/session';
  const response = first.status === 401 && !isSignIn && (await renewSession()) ? await send() : first;
  if (!response.ok) throw refusal(response.status, await response.text());
  return response.status === 204 ? null : response.json();
}

function sent(
  method: string,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const isRaw = body instanceof Blob;
  return fetch(path, {
    method,
    headers: {
      accept: 'application/json',
      ...(method === 'GET' ? {} : writeHeader),
      ...(body === undefined ? {} : { 'content-type': isRaw ? 'application/octet-stream' : 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
  }).catch(() => {
    throw new RequestRefused(0, 'The server cannot be reached. Is Quarry still running?');
  });
}

export async function get<T>(path: string, contract: Contract<T>): Promise<T> {
  return contract.parse(await request('GET', path));
}

export async function list<T>(path: string, contract: Contract<T>): Promise<T[]> {
  const items = await request('GET', path);
  if (!Array.isArray(items)) throw new Error(`${path} did not answer with a list.`);
  return items.map((item) => contract.parse(item));
}

export async function send<T>(method: string, path: string, body: unknown, contract: Contract<T>): Promise<T> {
  return contract.parse(await request(method, path, body));
}

/** The server's problem details as a sentence, with what it says about single fields. */
function refusal(status: number, text: string): RequestRefused {
  const problem = Problem.safeParse(parsed(text));
  if (!problem.success) return new RequestRefused(status, `The server answered ${status} without an explanation.`);
  const { code, detail, title, issues = [] } = problem.data;
  const fields = issues.map(({ path, message }) => `${path}: ${message}`).join(' ');
  return new RequestRefused(status, [detail || title, fields].filter(Boolean).join(' '), code);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** An error as a person may read it. */
export function sentence(error: unknown): string {
  if (error instanceof RequestRefused) return error.message;
  console.error(error);
  return 'Something in the studio went wrong. The browser console has the details.';
}
