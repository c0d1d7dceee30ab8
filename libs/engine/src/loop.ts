import type { Broker } from './broker/broker.js';
import type { ParamSpecs } from './params.js';
import type { Strategy } from './strategy.js';
import type { Trader } from './trader.js';

/**
 * A stretch of a run, from one bar up to another. Bar by bar: what waits meets the bar, then the bar is known and the
 * strategy may speak, and what it says meets the bars that follow (or, under `this-close`, this bar's close). Where there
 * are several series, a bar here is a moment: all the bars that are known then.
 */
export function runLoop<P extends ParamSpecs, S>(
  strategy: Strategy<P, S>,
  signals: S,
  trader: Trader<P>,
  broker: Broker,
  from: number,
  until: number,
): void {
  const cursor = broker.now;
  for (let bar = from; bar < until; bar++) {
    if (bar < broker.quietUntil) cursor.index = bar;
    else {
      broker.advance(bar);
      if (broker.isOver) return;
      broker.lookAhead(bar);
    }
    broker.isListening = true;
    strategy.next(trader, signals);
    broker.isListening = false;
    broker.settle();
  }
}
