import { z, type ZodType } from 'zod';

type Json = Record<string, unknown>;

/** Texts that say more of a field than its type does. */
const texts: Readonly<Record<string, string>> = {
  actor: 'ada@example.org',
  address: 'otpauth://totp/Quarry:ada@example.org?secret=JBSWY3DPEHPK3PXP&issuer=Quarry',
  code: '492039',
  contentType: 'application/json',
  detail: 'answered in 2 ms',
  email: 'ada@example.org',
  entry: 'strategy.ts',
  hint: 'quarry_Xq3r…9f04',
  interval: '1d',
  name: 'Moving averages',
  next: 'a new and longer password',
  owner: 'ada@example.org',
  password: 'correct horse battery staple',
  path: '/join#kq3vX8pHjW2nTzR5cYbLmA7dFgE9sUo4iVxQyC1wKtM',
  secret: 'JBSWY3DPEHPK3PXP',
  symbol: 'SPX',
  team: 'Research',
  timezone: 'America/New_York',
  url: 'https://example.org/quarry',
  token: 'kq3vX8pHjW2nTzR5cYbLmA7dFgE9sUo4iVxQyC1wKtM',
};

/** By format and by pattern: what has the form that is asked for. */
const forms: readonly string[] = [
  '2f1b6c9e-7a34-4c8d-9b5e-0d6f3a1e8c72',
  '2026-01-30T09:15:00.000Z',
  '2026-01-30',
  'ada@example.org',
  'https://example.org/quarry',
  '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  '1d',
  '492039',
];

/** A value that a contract takes, for people who read the API's description; its `examples` come before what its form tells. */
export function exampleOf(contract: ZodType, io: 'input' | 'output'): unknown {
  return exampleOfSchema(z.toJSONSchema(contract, { io, unrepresentable: 'any' }) as Json, '');
}

function exampleOfSchema(schema: Json, field: string): unknown {
  const [given] = Array.isArray(schema['examples']) ? (schema['examples'] as unknown[]) : [schema['default']];
  if (given !== undefined) return given;
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  const choices = (schema['anyOf'] ?? schema['oneOf']) as readonly Json[] | undefined;
  if (choices) return exampleOfSchema(choices.find(({ type }) => type !== 'null') ?? {}, field);
  switch (schema['type']) {
    case 'object':
      return exampleOfObject(schema);
    case 'array':
      return exampleOfArray(schema, field);
    case 'string':
      return exampleOfText(schema, field);
    case 'integer':
    case 'number':
      return exampleOfNumber(schema);
    case 'boolean':
      return true;
    default:
      return null;
  }
}

function exampleOfObject({ properties, additionalProperties, propertyNames }: Json): Json {
  if (properties !== undefined) {
    return Object.fromEntries(
      Object.entries(properties as Record<string, Json>).map(([name, schema]) => [name, exampleOfSchema(schema, name)]),
    );
  }
  const names = (propertyNames as Json | undefined)?.['enum'];
  const value = (): unknown => exampleOfSchema((additionalProperties ?? {}) as Json, '');
  return Object.fromEntries((Array.isArray(names) ? (names as string[]) : []).map((name) => [name, value()]));
}

function exampleOfArray({ items, prefixItems, minItems }: Json, field: string): unknown[] {
  if (Array.isArray(prefixItems)) return prefixItems.map((item) => exampleOfSchema(item as Json, field));
  const item = exampleOfSchema((items ?? {}) as Json, field);
  return Array.from({ length: Math.max(1, Number(minItems ?? 1)) }, () => item);
}

function exampleOfText({ pattern, format, minLength = 0, maxLength = Infinity }: Json, field: string): string {
  const has = (text: string): boolean =>
    (pattern === undefined || new RegExp(pattern as string, 'u').test(text)) &&
    text.length >= Number(minLength) &&
    text.length <= Number(maxLength);
  const named = texts[field];
  if (named !== undefined && has(named)) return named;
  const shaped = pattern !== undefined || format !== undefined;
  return (shaped ? forms.find(has) : undefined) ?? 'text';
}

function exampleOfNumber({ minimum, maximum, exclusiveMinimum }: Json): number {
  const least = Number(minimum ?? (exclusiveMinimum === undefined ? 1 : Number(exclusiveMinimum) + 1));
  return Math.min(Math.max(1, Number.isSafeInteger(least) && least > -1e15 ? least : 1), Number(maximum ?? Infinity));
}
