import type { Broker } from './broker/broker.js';
import type { ParamSpecs } from './params.js';
import type { Strategy } from './strategy.js';
import type { Trader } from './trader.js';

/**
 * A whole run. Bar by bar: what waits meets the bar, then the bar is known and the strategy may speak, and what it says
 * meets the bars that follow (or, under `this-close`, this bar's close).
 */
export function runLoop<P extends ParamSpecs, S>(
  strategy: Strategy<P, S>,
  signals: S,
  trader: Trader<P>,
  broker: Broker,
): void {
  const { length } = broker.venues[0]!.bars;
  for (let bar = 0; bar < length; bar++) {
    broker.advance(bar);
    if (broker.isOver) return;
    broker.isListening = true;
    strategy.next(trader, signals);
    broker.isListening = false;
    broker.settle();
  }
  broker.finish();
}
