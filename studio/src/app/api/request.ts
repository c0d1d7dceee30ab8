import { Problem } from '@quarry/contracts';

/** What a contract's schema offers here: it turns `unknown` into the contract or throws. */
export interface Contract<T> {
  parse(value: unknown): T;
}

/** A request that the server refused, or that never reached it (`status` 0). The message is fit to be shown. */
export class RequestRefused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Marks our own requests: a form on another site cannot send this header. */
export const writeHeader = { 'x-quarry': '1' };

export async function request(
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const response = await fetch(path, {
    method,
    headers: {
      accept: 'application/json',
      ...(method === 'GET' ? {} : writeHeader),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new RequestRefused(0, 'The server cannot be reached. Is Quarry still running?');
  });
  if (!response.ok) throw refusal(response.status, await response.text());
  return response.status === 204 ? null : response.json();
}

/** The server's problem details as a sentence, with what it says about single fields. */
export function refusal(status: number, text: string): RequestRefused {
  const problem = Problem.safeParse(parsed(text));
  if (!problem.success) return new RequestRefused(status, `The server answered ${status} without an explanation.`);
  const { detail, title, issues = [] } = problem.data;
  const fields = issues.map(({ path, message }) => `${path}: ${message}`).join(' ');
  return new RequestRefused(status, [detail || title, fields].filter(Boolean).join(' '));
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
