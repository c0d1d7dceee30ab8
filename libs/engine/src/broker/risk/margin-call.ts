import { money, percent } from './figures.js';

/**
 * Why positions must be closed: equity at a close below the maintenance margin, a fraction of the value held (longs and
 * shorts added up). Null where it is enough.
 */
export function marginCall(maintenance: number, equity: number, held: number): string | null {
  const required = maintenance * held;
  if (equity >= required) return null;
  return `margin call: equity of ${money(equity)} is below ${money(required)}, ${percent(maintenance)} of what is held`;
}
