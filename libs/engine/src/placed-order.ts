import type { WorkingOrder } from './broker/working-order.js';
import type { OrderChanges, OrderRequest } from './order-request.js';
import type { Order } from './trader.js';

/** What the desk does for the orders that it placed. */
export interface OrderActs {
  cancel(order: WorkingOrder): void;
  replace(placed: PlacedOrder, order: WorkingOrder, request: OrderRequest, changes: OrderChanges): void;
}

/** Inside the engine only: the order behind what the strategy holds, while it waits and was placed by these acts. */
export let workingOrderOf: (placed: unknown, acts: OrderActs) => WorkingOrder | null;

/** Inside the engine only: lets what the strategy holds stand for another order. */
export let standFor: (placed: PlacedOrder, order: WorkingOrder, request: OrderRequest) => void;

/** An order as the strategy holds it. */
export class PlacedOrder implements Order {
  readonly #acts: OrderActs;
  #order: WorkingOrder;
  /** The object serves another order once this one has ended. */
  #row: number;
  #request: OrderRequest | undefined;

  constructor(acts: OrderActs, order: WorkingOrder, row: number, request: OrderRequest | undefined) {
    this.#acts = acts;
    this.#order = order;
    this.#row = row;
    this.#request = request;
  }

  get waiting(): boolean {
    return this.#order.row === this.#row && this.#order.waiting;
  }

  cancel(): void {
    if (this.waiting) this.#acts.cancel(this.#order);
  }

  replace(changes: OrderChanges): boolean {
    if (!this.waiting) return false;
    this.#acts.replace(this, this.#order, this.#request ?? {}, changes);
    return true;
  }

  static {
    workingOrderOf = (placed, acts) =>
      placed instanceof PlacedOrder && placed.#acts === acts && placed.waiting ? placed.#order : null;
    standFor = (placed, order, request) => {
      placed.#order = order;
      placed.#row = order.row;
      placed.#request = request;
    };
  }
}

/** What a replacement asks for: the same as before but for what is given; without a new size, what is yet to fill. */
export function mergedRequest(
  request: OrderRequest,
  changes: OrderChanges,
  { units, share, ratio }: WorkingOrder,
): OrderRequest {
  const merged = {
    ...(ratio === 1 ? request : throughSplit(request, ratio)),
    ...(units > 0 ? { size: units } : { fraction: share }),
    ...changes,
  };
  const dropped = new Set<string>(['oco', 'after']);
  const isResized = sizes.some((name) => changes[name] !== undefined);
  const size = isResized ? changes : units > 0 ? { size: units } : { fraction: share };
  for (const name of sizes) if (!(name in size)) dropped.add(name);
  return Object.fromEntries(Object.entries(merged).filter(([name]) => !dropped.has(name)));
}

/** What was asked for in prices and distances, in the terms after the splits since. */
function throughSplit(request: OrderRequest, ratio: number): OrderRequest {
  const restated = priced.map((name) => {
    const value = request[name];
    return [name, typeof value === 'number' ? value / ratio : value] as const;
  });
  return { ...request, ...Object.fromEntries(restated.filter(([, value]) => value !== undefined)) };
}

const priced = ['limit', 'stop', 'stopLoss', 'takeProfit', 'touch', 'trail', 'trailingStop'] as const;

const sizes = ['size', 'fraction', 'value', 'equity', 'risk', 'volatility'] as const;
