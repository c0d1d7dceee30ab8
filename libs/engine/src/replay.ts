import type { Bars } from './bars.js';
import { Book } from './broker/book.js';
import { Broker } from './broker/broker.js';
import { Instructions } from './instructions.js';
import type { BacktestResult } from './results.js';
import type { BacktestSettings } from './settings.js';
import { keepShapes } from './shapes.js';
import { TapeDrive } from './tape-drive.js';
import type { OrderTape } from './tape/tape.js';

/**
 * Drives the broker by a tape: the run again, without the strategy. What it yields is what a report stands on.
 *
 * @param tape as `decodeTape` answered it, or as `runStrategy` made it in this process
 * @throws TapeError where the tape names bars, series or orders that the run does not have, or goes on after its end
 */
export function replay(bars: readonly Bars[], settings: BacktestSettings, tape: OrderTape): BacktestResult {
  if (!bars[0]) throw new RangeError('A run needs at least one series of bars.');
  keepShapes();
  const book = new Book(tape.length);
  const broker = new Broker(bars, settings, book);
  const { equity, exposure } = new TapeDrive(broker, new Instructions(tape, broker), settings.fill).run();
  return book.result(equity, exposure, broker.venues, tape.tags);
}
