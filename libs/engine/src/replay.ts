import type { Bars } from './bars.js';
import { Book } from './broker/book.js';
import { Broker } from './broker/broker.js';
import { coast } from './coast.js';
import { Instructions } from './instructions.js';
import type { BacktestResult } from './results.js';
import type { BacktestSettings } from './settings.js';
import { keepShapes } from './shapes.js';
import type { OrderTape } from './tape/tape.js';

/**
 * Drives the broker by a tape: the run again, without the strategy. What it yields is what a report stands on.
 *
 * @param tape as `decodeTape` answered it, or as `runStrategy` made it in this process
 * @throws TapeError where the tape names bars, series or orders that the run does not have, or goes on after its end
 */
export function replay(bars: readonly Bars[], settings: BacktestSettings, tape: OrderTape): BacktestResult {
  const pace = bars[0];
  if (!pace) throw new RangeError('A run needs at least one series of bars.');
  keepShapes();
  const book = new Book(tape.length);
  const broker = new Broker(bars, settings, book);
  const equity = new Float64Array(pace.length);
  const exposure = new Float64Array(pace.length);
  const instructions = new Instructions(tape, broker);

  // Under `next-open` an order changes nothing at the bar after which it is given: that bar can be passed over too.
  const heard = settings.fill === 'next-open' ? 1 : 0;
  for (let bar = 0; bar < pace.length; bar++) {
    const { nextBar } = instructions;
    bar = coast(broker, bar, Math.min(nextBar + heard, pace.length), equity, exposure);
    if (bar > nextBar) instructions.giveAt(nextBar);
    if (bar === pace.length) break;
    broker.advance(bar);
    if (broker.isOver) break;
    instructions.giveAt(bar);
    broker.settle();
    mark(broker, bar, equity, exposure);
  }
  instructions.end();
  broker.finish();
  if (!broker.isOver && pace.length > 0) mark(broker, pace.length - 1, equity, exposure);
  return book.result(equity, exposure, broker.venues, tape.tags);
}

function mark({ account }: Broker, bar: number, equity: Float64Array, exposure: Float64Array): void {
  const worth = account.equity;
  equity[bar] = worth;
  exposure[bar] = account.exposure / worth;
}
