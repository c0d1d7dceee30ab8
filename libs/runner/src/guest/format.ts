const maxItems = 100;
const maxDepth = 3;
/** Writing out a bigint of millions of digits takes minutes. */
const maxBigint = 10n ** 100n;

/** What `console.log(...values)` prints, at most `room` characters and one more: longer means it was cut. */
export function formatLine(values: readonly unknown[], room: number): string {
  let text = '';
  for (let i = 0; i < values.length && text.length <= room; i++) {
    text += (i > 0 ? ' ' : '') + format(values[i], room - text.length);
  }
  return text.length > room ? text.slice(0, room + 1) : text;
}

function format(value: unknown, room: number): string {
  if (typeof value === 'string') return value.length > room ? value.slice(0, room + 1) : value;
  return inspect(value, 0);
}

function inspect(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.length > 1000 ? `${value.slice(0, 1000)}…` : value);
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'bigint':
      return value > -maxBigint && value < maxBigint ? `${value}n` : 'a very large bigint';
    case 'function':
      return `[function ${value.name.slice(0, 100)}]`;
    case 'object':
      return value === null ? 'null' : inspectObject(value, depth);
    default:
      return String(value);
  }
}

function inspectObject(value: object, depth: number): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (depth >= maxDepth) return Array.isArray(value) ? '[…]' : '{…}';
  const deeper = (item: unknown): string => inspect(item, depth + 1);

  if (Array.isArray(value) || ArrayBuffer.isView(value)) return list(value as ArrayLike<unknown>, deeper);
  if (value instanceof Map) {
    return `Map {${some([...value.entries()].map(([key, item]) => `${deeper(key)} => ${deeper(item)}`))}}`;
  }
  if (value instanceof Set) return `Set {${some([...value].map(deeper))}}`;
  const record = value as Record<string, unknown>;
  return `{ ${some(
    Object.keys(record)
      .slice(0, maxItems + 1)
      .map((key) => `${key}: ${deeper(record[key])}`),
  )} }`;
}

function list(items: ArrayLike<unknown>, deeper: (item: unknown) => string): string {
  const shown: string[] = [];
  for (let i = 0; i < items.length && i < maxItems; i++) shown.push(deeper(items[i]));
  if (items.length > maxItems) shown.push(`… ${items.length - maxItems} more`);
  return `[${shown.join(', ')}]`;
}

function some(items: readonly string[]): string {
  return (items.length > maxItems ? [...items.slice(0, maxItems), '…'] : items).join(', ');
}
