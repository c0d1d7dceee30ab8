import type { GuestClock } from '@quarry/engine/host';

/** Replaces `Date` by one whose "now" is the current bar's time. The real one is not reachable from it. */
export function installDate(clock: GuestClock): void {
  const Original = Date;
  const now = (): number => Math.floor(clock.now / 1000);

  function BarDate(this: unknown, ...parts: number[]): unknown {
    if (!new.target) return new Original(now()).toString();
    const made = parts.length === 0 ? new Original(now()) : new Original(...(parts as [number]));
    if (new.target !== (BarDate as unknown))
      Object.setPrototypeOf(made, (new.target as { prototype: object }).prototype);
    return made;
  }
  Object.defineProperty(BarDate, 'name', { value: 'Date' });
  Object.defineProperty(BarDate, 'length', { value: 7 });
  Object.defineProperty(BarDate, 'prototype', { value: Original.prototype, writable: false });
  for (const [name, value] of Object.entries({ now, parse: Original.parse, UTC: Original.UTC })) {
    Object.defineProperty(BarDate, name, { value, writable: true, configurable: true });
  }
  Object.defineProperty(Original.prototype, 'constructor', { value: BarDate });
  Object.defineProperty(globalThis, 'Date', { value: BarDate });
}
