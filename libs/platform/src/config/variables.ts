import { z } from 'zod';

/** What environment variables may hold. Each describes itself in words that complete 'X is "…", which is not …'. */
export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .pipe(z.int().min(min).max(max))
    .describe(`a whole number from ${min.toLocaleString('en-US')} to ${max.toLocaleString('en-US')}`);

/** One number, or the least and the most: `2` or `1-4`. */
export const wholeRange = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+(-\d+)?$/)
    .transform((given) => {
      const [least = NaN, most = least] = given.split('-').map(Number);
      return { min: least, max: most };
    })
    .refine((range) => min <= range.min && range.min <= range.max && range.max <= max)
    .describe(`a whole number from ${min} to ${max}, or the least and the most of them, as in 1-4`);

export const url = (...protocols: readonly string[]) =>
  z
    .string()
    .refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol.slice(0, -1)))
    .describe(`a URL that begins with ${protocols.map((protocol) => `${protocol}://`).join(' or ')}`);

export const origin = (...protocols: readonly string[]) =>
  url(...protocols)
    .refine((text) => new URL(text).pathname === '/')
    .describe(`a URL without a path that begins with ${protocols.map((protocol) => `${protocol}://`).join(' or ')}`);

export const oneOf = <const T extends readonly [string, ...string[]]>(...values: T) =>
  z.enum(values).describe(`one of ${values.join(', ')}`);

export const text = z.string().min(1).max(1000).describe('a text');

export const yesOrNo = oneOf('true', 'false').transform((value) => value === 'true');

/** Why the environment cannot be used: a sentence per variable, none of which prints a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable: what it may hold, what stands where it is unset, and whether messages must hide it. */
interface Variable<T> {
  readonly schema: z.ZodType<T, string>;
  readonly unset: T | undefined;
  readonly secret?: boolean;
}

export function optional<T, U = null>(schema: z.ZodType<T, string>, unset: U = null as U): Variable<T | U> {
  return { schema: schema as z.ZodType<T | U, string>, unset };
}

export function required<T>(schema: z.ZodType<T, string>): Variable<T> {
  return { schema, unset: undefined };
}

export function secret<T>(variable: Variable<T>): Variable<T> {
  return { ...variable, secret: true };
}

type Values<V> = { readonly [K in keyof V]: V[K] extends Variable<infer T> ? T : never };

/**
 * Reads the named variables; an empty one counts as unset. All problems are told at once.
 * @throws ConfigError
 */
export function readVariables<V extends Record<string, Variable<unknown>>>(env: Environment, variables: V): Values<V> {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries(variables)) {
    const given = env[name]?.trim() ?? '';
    if (given === '') {
      values[name] = variable.unset;
      if (variable.unset === undefined) problems.push(`${name} is not set. Set it to ${meaningOf(variable)}.`);
      continue;
    }
    const parsed = variable.schema.safeParse(given);
    if (parsed.success) {
      values[name] = parsed.data;
      continue;
    }
    const shown = variable.secret ? '(hidden)' : `"${withoutPassword(given)}"`;
    const wayOut = variable.unset === undefined ? 'Correct it.' : 'Correct it, or unset it for the default.';
    problems.push(`${name} is ${shown}, which is not ${meaningOf(variable)}. ${wayOut}`);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return values as Values<V>;
}

function meaningOf(variable: Variable<unknown>): string {
  return variable.schema.description ?? 'a value of the right form';
}

/** `postgres://me:secret@host` -> `postgres://me:***@host`. */
function withoutPassword(given: string): string {
  return given.replace(/(\/\/[^:/@\s]*:)[^@\s]*@/, '$1***@');
}
