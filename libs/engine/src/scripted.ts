import { defineStrategy, type Strategy } from './strategy.js';
import type { Trader } from './trader.js';

/** A strategy that does what a test says, bar by bar. */
export function scripted(script: Readonly<Record<number, (trader: Trader) => void>>): Strategy {
  return defineStrategy({ name: 'Scripted', next: (trader) => script[trader.index]?.(trader) });
}
