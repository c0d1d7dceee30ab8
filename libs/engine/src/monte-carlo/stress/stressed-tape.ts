import { cancelAll, cancelOrder, closePosition, TapeWriter } from '../../tape/tape.js';
import type { OrderTicket } from '../../broker/order-ticket.js';
import { TapeReader } from '../../tape/tape-reader.js';
import type { Rng } from '../random-stream.js';

/**
 * The orders of a run, each given so many bars later: what a slow line would have made of it. What would come after the
 * last bar is left out. Replayed by the broker, prices of limits and stops stay what they were.
 *
 * @param bars of the run's first series
 */
export function delayedTape(
  tape: Uint8Array,
  { delay, bars }: { readonly delay: number; readonly bars: number },
): Uint8Array {
  if (!(Number.isInteger(delay) && delay >= 0)) throw new RangeError(`Orders are to be ${delay} bars late; 0 or more.`);
  return rewritten(tape, ({ step }) => (step + delay < bars ? step + delay : -1));
}

/**
 * The orders of a run without those that the market missed, each with the given probability; closing a position by
 * instruction is not missed. A cancellation of an order that was missed is left out.
 */
export function missedTape(tape: Uint8Array, probability: number, rng: Rng): Uint8Array {
  if (!(probability >= 0 && probability <= 1))
    throw new RangeError(`Orders are missed with probability ${probability}.`);
  return rewritten(tape, ({ action, step }) => {
    const isOrder = action !== closePosition && action !== cancelOrder && action !== cancelAll;
    return isOrder && rng.uniform() < probability ? -1 : step;
  });
}

/** @param stepOf the bar of a row from now on, never less than that of the row before; -1 leaves it out */
function rewritten(tape: Uint8Array, stepOf: (row: TapeReader) => number): Uint8Array {
  const reader = new TapeReader();
  const writer = new TapeWriter();
  const rowOf = new Map<number, number>();
  reader.open(tape);
  while (reader.nextBlock()) {
    while (reader.next()) {
      const step = stepOf(reader);
      const target = rowOf.get(reader.target);
      if (step < 0 || (reader.action === cancelOrder && target === undefined)) continue;
      if (reader.action === closePosition) writer.close(step, reader.series, reader.share);
      else if (reader.action === cancelAll) writer.cancelAll(step);
      else if (reader.action === cancelOrder) writer.cancel(step, target!);
      else writer.place(step, { ...ticketOf(reader), tag: writer.tagIndex(reader.tags[reader.tag]!) });
      rowOf.set(reader.row, writer.length - 1);
    }
  }
  return writer.block(reader.done);
}

/** @throws RangeError for an order that is linked to another: alone, it would be another order */
function ticketOf({ row, series, side, units, share, prices, terms, tag }: TapeReader): OrderTicket {
  if (terms && (terms.oco >= 0 || terms.after >= 0 || terms.replaces >= 0)) {
    throw new RangeError(
      `Order ${row} is linked to another (oco, after or replace), so it cannot be late or missed by itself. ` +
        'Take this stress for strategies whose orders stand alone.',
    );
  }
  return { series, side, units, share, prices, terms, tag };
}
