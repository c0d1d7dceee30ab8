import type { Lot } from './holding.js';
import type { WorkingOrder } from './working-order.js';

/** What became of an order. */
export type OrderEventType = 'filled' | 'partially-filled' | 'cancelled' | 'expired' | 'rejected';

/** What the broker notes about an order for the strategy; prices and units are NaN where nothing filled. */
export interface OrderNote {
  readonly type: OrderEventType;
  /** Row of the tape that placed it; -1 where the broker did. */
  readonly row: number;
  readonly series: number;
  readonly role: 'order' | 'stop-loss' | 'take-profit' | 'close';
  readonly side: number;
  readonly tag: number;
  readonly bar: number;
  readonly units: number;
  readonly price: number;
  readonly reason: string;
}

/** Collects notes for a strategy that listens to them. */
export class OrderEvents {
  #notes: OrderNote[] = [];

  add(type: OrderEventType, order: WorkingOrder, bar: number, units: number, price: number, reason: string): void {
    const { row, series, side, tag } = order;
    this.#notes.push({ type, row, series, role: roleOf(order, order.lot), side, tag, bar, units, price, reason });
  }

  /** All notes since they were last taken. */
  take(): readonly OrderNote[] {
    const notes = this.#notes;
    if (notes.length > 0) this.#notes = [];
    return notes;
  }
}

function roleOf(order: WorkingOrder, lot: Lot | null): OrderNote['role'] {
  if (lot) return order === lot.stopLoss ? 'stop-loss' : 'take-profit';
  return order.row < 0 ? 'close' : 'order';
}
