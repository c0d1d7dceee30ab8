import { BarSeries } from './bar-series.js';
import { AccountView, Desk, VenuePosition } from './desk.js';
import { PlacedOrder } from './placed-order.js';
import { Series } from './series.js';

/** What all objects of the engine that a strategy gets to hold inherit from: runs in one realm share it. */
export const handedOut: readonly object[] = [
  Series.prototype,
  BarSeries.prototype,
  Desk.prototype,
  VenuePosition.prototype,
  AccountView.prototype,
  PlacedOrder.prototype,
];
